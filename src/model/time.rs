//! 时间: instants, RFC 3339, and civil days at UTC+08:00.
//!
//! The shop counts in days of its own clock, and China has had no daylight saving since 1991, so a
//! fixed offset is the whole time zone. Only what the clauses need is here, and tests hold it against jiff:
//! a module with jiff's parser and civil days alone is 55 kB after gzip (measured), more than the whole engine
//! without its texts. No sum comes near its bounds.

use serde::{Serialize, Serializer};

use super::text::Text;

/// Why something is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeError {
    /// A text that has not the form of RFC 3339 with an offset.
    Malformed,
    /// No real date or time of day, or one outside the bounds.
    OutOfRange,
}

/// An instant, in milliseconds since 1970-01-01T00:00:00Z; from 2000 to 2100 at +08:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(i64);

/// A civil day at UTC+08:00, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i32);

const DAY: i64 = 86_400_000;
const OFFSET: i64 = 8 * 3_600_000;

impl Time {
    /// The first instant that is accepted: 2000-01-01T00:00:00+08:00.
    pub const MIN: Time = Time(946_656_000_000);
    /// The last instant that is accepted: the last millisecond of 2100 at +08:00.
    pub const MAX: Time = Time(4_133_951_999_999);

    /// The instant at `milliseconds` since the epoch, if it is within the bounds.
    pub fn from_millis(milliseconds: i64) -> Result<Self, TimeError> {
        let time = Self(milliseconds);
        if (Self::MIN..=Self::MAX).contains(&time) { Ok(time) } else { Err(TimeError::OutOfRange) }
    }

    /// The instant at so many whole milliseconds since the epoch, if they are whole and within the bounds.
    pub fn from_whole_millis(milliseconds: f64) -> Option<Self> {
        let whole = milliseconds as i64;
        if whole as f64 == milliseconds { Self::from_millis(whole).ok() } else { None }
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Reads an RFC 3339 time with an offset; digits after the third of a second's fraction are dropped.
    ///
    /// # Errors
    /// `Malformed` where the text has another form, `OutOfRange` where it has the form and is no
    /// real date or time of day, or lies outside the bounds.
    pub fn parse(text: Text<'_>) -> Result<Self, TimeError> {
        let (fields, in_bounds) = Scanner::whole(text, Fields::read).ok_or(TimeError::Malformed)?;
        if !in_bounds || fields.day > days_in_month(fields.year, fields.month) {
            return Err(TimeError::OutOfRange);
        }
        let days = i64::from(Day::from_civil(fields.year, fields.month, fields.day).0);
        Self::from_millis(days.wrapping_mul(DAY).wrapping_add(fields.millis_of_day))
    }

    /// The civil day this instant falls on.
    pub const fn day(self) -> Day {
        Day(self.0.wrapping_add(OFFSET).div_euclid(DAY) as i32)
    }

    /// The instant as RFC 3339 at +08:00, to the second, or to the millisecond where there are any.
    pub fn to_rfc3339(self) -> String {
        let of_day = self.0.wrapping_add(OFFSET).rem_euclid(DAY);
        let (seconds, millis) = (of_day / 1000, of_day % 1000);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let fraction = if millis == 0 { String::new() } else { format!(".{millis:03}") };
        format!("{}T{hour:02}:{minute:02}:{second:02}{fraction}+08:00", self.day().to_iso())
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_rfc3339())
    }
}

impl Day {
    /// The day `days` later.
    pub const fn plus(self, days: u32) -> Self {
        Self(self.0.wrapping_add_unsigned(days))
    }

    /// The first instant of the day.
    pub const fn start(self) -> Time {
        Time((self.0 as i64).wrapping_mul(DAY).wrapping_sub(OFFSET))
    }

    /// 0 for Monday to 6 for Sunday.
    pub const fn weekday(self) -> u8 {
        self.0.wrapping_add(3).rem_euclid(7) as u8
    }

    /// The day of a proleptic Gregorian date; `month` from 1 to 12.
    pub const fn from_civil(year: i32, month: u8, day: u8) -> Self {
        // Years begin in March here, so that the leap day is the last of its year.
        let year = if month > 2 { year } else { year.wrapping_sub(1) };
        let month = month.wrapping_add(9) % 12;
        let day_of_year = (month as i32).wrapping_mul(153).wrapping_add(2) / 5;
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let before = of_era.wrapping_mul(365).wrapping_add(of_era / 4).wrapping_sub(of_era / 100);
        Self(
            era.wrapping_mul(146_097)
                .wrapping_add(before)
                .wrapping_add(day_of_year)
                .wrapping_add(day as i32)
                .wrapping_sub(719_469),
        )
    }

    /// Year, month and day of month.
    pub const fn to_civil(self) -> Date {
        let days = self.0.wrapping_add(719_468);
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let leaps = (of_era / 1460).wrapping_sub(of_era / 36_524).wrapping_add(of_era / 146_096);
        let year = of_era.wrapping_sub(leaps) / 365;
        let start = year.wrapping_mul(365).wrapping_add(year / 4).wrapping_sub(year / 100);
        let of_year = of_era.wrapping_sub(start);
        let month = of_year.wrapping_mul(5).wrapping_add(2) / 153;
        let day = of_year.wrapping_sub(month.wrapping_mul(153).wrapping_add(2) / 5).wrapping_add(1);
        let (month, carry) = if month < 10 { (month.wrapping_add(3), 0) } else { (month.wrapping_sub(9), 1) };
        let year = era.wrapping_mul(400).wrapping_add(year).wrapping_add(carry);
        (year, month as u8, day as u8)
    }

    /// The day as `YYYY-MM-DD`.
    pub fn to_iso(self) -> String {
        let (year, month, day) = self.to_civil();
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// Year, month and day of month.
pub type Date = (i32, u8, u8);

/// The date of the day after.
pub(crate) const fn next_date((year, month, day): Date) -> Date {
    if day < days_in_month(year, month) {
        (year, month, day.wrapping_add(1))
    } else if month < 12 {
        (year, month.wrapping_add(1), 1)
    } else {
        (year.wrapping_add(1), 1, 1)
    }
}

/// The number of days in a month from 1 to 12.
pub(crate) const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The parts of an RFC 3339 text.
struct Fields {
    year: i32,
    month: u8,
    day: u8,
    millis_of_day: i64,
}

impl Fields {
    /// The parts of a text of the form, and whether each is within its own bounds.
    fn read(rest: &mut Scanner<'_>) -> Option<(Self, bool)> {
        let year = rest.part(4, b"-")?;
        let month = rest.part(2, b"-")?;
        let day = rest.part(2, b"Tt ")?;
        let hour = rest.part(2, b":")?;
        let minute = rest.part(2, b":")?;
        let second = rest.digits(2)?;
        let (millis, mark) = match rest.one_of(b".Zz+-")? {
            b'.' => (rest.fraction()?, rest.one_of(b"Zz+-")?),
            mark => (0, mark),
        };
        let (sign, offset_hour, offset_minute) = match mark {
            b'Z' | b'z' => (1, 0, 0),
            mark => (if mark == b'-' { -1 } else { 1 }, rest.part(2, b":")?, rest.digits(2)?),
        };
        let in_bounds = (1..=12).contains(&month)
            && day >= 1
            && hour < 24
            && minute < 60
            && second < 60
            && offset_hour < 24
            && offset_minute < 60;
        let minutes = |hour: i32, minute: i32| hour.wrapping_mul(60).wrapping_add(minute);
        let offset = minutes(offset_hour, offset_minute).wrapping_mul(sign);
        let seconds = minutes(hour, minute).wrapping_sub(offset).wrapping_mul(60).wrapping_add(second);
        let millis_of_day = i64::from(seconds).wrapping_mul(1000).wrapping_add(millis.into());
        Some((Self { year, month: month as u8, day: day as u8, millis_of_day }, in_bounds))
    }
}

/// Reads a text of a fixed form, which is ASCII, from its front.
pub(crate) struct Scanner<'a> {
    rest: &'a [u16],
}

impl Scanner<'_> {
    /// What is read of the whole text; `None` where anything is left of it.
    pub fn whole<T>(text: Text<'_>, read: impl FnOnce(&mut Scanner<'_>) -> Option<T>) -> Option<T> {
        let units = text.utf16();
        let mut scanner = Scanner { rest: &units };
        let found = read(&mut scanner)?;
        scanner.rest.is_empty().then_some(found)
    }

    /// One of the letters.
    #[inline(always)]
    pub fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        for letter in allowed {
            if u16::from(*letter) == *first {
                return Some(*letter);
            }
        }
        None
    }

    /// So many digits, as a number, and one of the letters after them.
    #[inline(always)]
    pub fn part(&mut self, count: usize, after: &[u8]) -> Option<i32> {
        let number = self.digits(count)?;
        self.one_of(after)?;
        Some(number)
    }

    /// So many digits, as a number.
    #[inline(always)]
    pub fn digits(&mut self, count: usize) -> Option<i32> {
        let (digits, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        let mut number = 0_i32;
        for unit in digits {
            number = number.wrapping_mul(10).wrapping_add(digit(*unit)?);
        }
        Some(number)
    }

    /// One digit or more after a point, as milliseconds; what is less than one is dropped.
    fn fraction(&mut self) -> Option<i32> {
        let mut millis = self.digits(1)?.wrapping_mul(100);
        let mut weight = 10;
        while let Some((unit, rest)) = self.rest.split_first()
            && let Some(digit) = digit(*unit)
        {
            millis = millis.wrapping_add(digit.wrapping_mul(weight));
            weight /= 10;
            self.rest = rest;
        }
        Some(millis)
    }
}

/// The number that the unit of an ASCII digit stands for.
const fn digit(unit: u16) -> Option<i32> {
    let number = unit.wrapping_sub(b'0' as u16);
    if number < 10 { Some(number as i32) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both encodings are read alike.
    fn parse(text: &str) -> Result<Time, TimeError> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let read = Time::parse(Text::Utf8(text));
        assert_eq!(read, Time::parse(Text::Utf16(&units)), "{text}");
        read
    }

    #[test]
    fn days_agree_with_jiff_over_the_whole_range() {
        let mut date = jiff::civil::date(1999, 12, 31);
        let mut day = Day::from_civil(1999, 12, 31);
        while date.year() <= 2101 {
            let civil = (i32::from(date.year()), date.month() as u8, date.day() as u8);
            assert_eq!(day.to_civil(), civil);
            assert_eq!(Day::from_civil(civil.0, civil.1, civil.2), day);
            assert_eq!(day.weekday(), date.weekday().to_monday_zero_offset() as u8);
            assert_eq!(day.start().day(), day);
            assert_eq!(day.plus(1).to_civil(), next_date(civil));
            date = date.tomorrow().unwrap();
            day = day.plus(1);
        }
    }

    #[test]
    fn times_agree_with_jiff() {
        for text in [
            "2000-01-01T00:00:00+08:00",
            "2020-02-29T23:59:59.999+08:00",
            "2020-02-29T23:59:59.999999999Z",
            "2021-12-31t16:00:00z",
            "2021-12-31 16:00:00-00:00",
            "2024-06-30T00:00:00-23:59",
            "2100-12-31T23:59:59+08:00",
        ] {
            let expected: jiff::Timestamp = text.parse().unwrap();
            assert_eq!(parse(text).unwrap().millis(), expected.as_millisecond(), "{text}");
        }
        let day = 86_400_000 * 3 + 12_345;
        for step in 0..11_000 {
            let millis = Time::MIN.millis() + step * day;
            let expected = jiff::Timestamp::from_millisecond(millis).unwrap();
            assert_eq!(parse(&expected.to_string()).unwrap().millis(), millis);
            let ours = Time::from_millis(millis).unwrap().to_rfc3339();
            assert_eq!(ours.parse::<jiff::Timestamp>().unwrap(), expected, "{ours}");
        }
    }

    #[test]
    fn a_text_of_another_form_is_of_the_wrong_type() {
        for text in [
            "",
            "yesterday",
            "2021-03-01",
            "2021-03-01T10:00:00",
            "2021-03-01T10:00+08:00",
            "2021-3-01T10:00:00+08:00",
            "2021-03-0:T10:00:00+08:00",
            "2021-03-0/T10:00:00+08:00",
            "2021-03-01T10:00:00+0800",
            "2021-03-01T10:00:00.+08:00",
            "2021-03-01T10:00:00+08:00 ",
            "+2021-03-01T10:00:00Z",
            "二〇二一",
        ] {
            assert_eq!(parse(text), Err(TimeError::Malformed), "{text}");
        }
    }

    #[test]
    fn a_date_or_time_that_does_not_exist_is_out_of_range() {
        for text in [
            "2021-02-29T10:00:00+08:00",
            "2100-02-29T10:00:00+08:00",
            "2021-04-31T10:00:00+08:00",
            "2021-13-01T10:00:00+08:00",
            "2021-00-01T10:00:00+08:00",
            "2021-01-00T10:00:00+08:00",
            "2021-01-01T24:00:00+08:00",
            "2021-01-01T10:60:00+08:00",
            "2021-01-01T10:00:60+08:00",
            "2021-01-01T10:00:00+24:00",
            "2021-01-01T10:00:00+08:60",
            "1999-12-31T23:59:59+08:00",
            "2101-01-01T00:00:00+08:00",
            "0000-01-01T00:00:00+08:00",
        ] {
            assert_eq!(parse(text), Err(TimeError::OutOfRange), "{text}");
        }
    }

    #[test]
    fn the_bounds_are_the_first_and_last_instant_of_the_years() {
        assert_eq!(parse("2000-01-01T00:00:00+08:00"), Ok(Time::MIN));
        assert_eq!(parse("2100-12-31T23:59:59.999+08:00"), Ok(Time::MAX));
    }
}
