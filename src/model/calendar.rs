//! 工作日: the working days of the years for which the State Council has published the holidays.
//!
//! Weekdays are working days and weekends are not, with the exceptions listed for each year. For a year without a list
//! the working days are unknown.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::time::{Date, Day, next_date};

/// A month from 1 to 12 and a day of that month.
pub type MonthDay = (u8, u8);

/// The exceptions of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Year {
    /// The year.
    #[serde(skip)]
    pub year: i32,
    /// Weekdays that are holidays.
    #[serde(serialize_with = "serialize_days")]
    pub off: Cow<'static, [MonthDay]>,
    /// Weekend days that are working days.
    #[serde(serialize_with = "serialize_days")]
    pub work: Cow<'static, [MonthDay]>,
}

/// 工作日历: the exceptions of every year that is known, in ascending order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar(Cow<'static, [Year]>);

impl Calendar {
    /// The calendar compiled in: 2020 to 2026.
    pub const PUBLISHED: Self = Self(Cow::Borrowed(&PUBLISHED));

    /// The years that are known.
    pub fn years(&self) -> &[Year] {
        &self.0
    }

    /// Inserts a year, or replaces it.
    pub fn insert(&mut self, year: Year) {
        let years = self.0.to_mut();
        match years.iter_mut().find(|known| known.year == year.year) {
            Some(known) => *known = year,
            None => {
                let place = years.iter().filter(|known| known.year < year.year).count();
                years.insert(place, year);
            }
        }
    }

    /// Whether the day, whose date this is, is a working day; `None` outside the years that are known.
    fn is_workday(&self, day: Day, (year, month, of_month): Date) -> Option<bool> {
        let exceptions = self.0.iter().find(|known| known.year == year)?;
        let date = (month, of_month);
        Some(if is_weekend(day) { exceptions.work.contains(&date) } else { !exceptions.off.contains(&date) })
    }

    /// The `count`-th working day after `day`, which is not counted itself; `None` where it is in a year that is not
    /// known.
    pub fn workday_after(&self, day: Day, count: u32) -> Option<Day> {
        let (mut day, mut date, mut left) = (day, day.to_civil(), count);
        while left > 0 {
            // Going on to the next date takes less time than computing each date anew.
            (day, date) = (day.plus(1), next_date(date));
            if self.is_workday(day, date)? {
                left = left.saturating_sub(1);
            }
        }
        Some(day)
    }
}

/// Whether the day is a Saturday or a Sunday.
pub fn is_weekend(day: Day) -> bool {
    day.weekday() >= 5
}

/// In JSON by year: `{ "2026": { off, work } }`.
impl Serialize for Calendar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|year| (year.year.to_string(), year)))
    }
}

/// Serializes days as `MM-DD`.
fn serialize_days<S: Serializer>(days: &[MonthDay], serializer: S) -> Result<S::Ok, S::Error> {
    days.iter().map(|(month, day)| format!("{month:02}-{day:02}")).collect::<Vec<_>>().serialize(serializer)
}

const fn year(year: i32, off: &'static [MonthDay], work: &'static [MonthDay]) -> Year {
    Year { year, off: Cow::Borrowed(off), work: Cow::Borrowed(work) }
}

#[rustfmt::skip]
static PUBLISHED: [Year; 7] = [
    year(
        2020,
        &[(1, 1), (1, 24), (1, 27), (1, 28), (1, 29), (1, 30), (1, 31), (4, 6), (5, 1), (5, 4), (5, 5), (6, 25), (6, 26), (10, 1), (10, 2), (10, 5), (10, 6), (10, 7), (10, 8)],
        &[(1, 19), (4, 26), (5, 9), (6, 28), (9, 27), (10, 10)],
    ),
    year(
        2021,
        &[(1, 1), (2, 11), (2, 12), (2, 15), (2, 16), (2, 17), (4, 5), (5, 3), (5, 4), (5, 5), (6, 14), (9, 20), (9, 21), (10, 1), (10, 4), (10, 5), (10, 6), (10, 7)],
        &[(2, 7), (2, 20), (4, 25), (5, 8), (9, 18), (9, 26), (10, 9)],
    ),
    year(
        2022,
        &[(1, 3), (1, 31), (2, 1), (2, 2), (2, 3), (2, 4), (4, 4), (4, 5), (5, 2), (5, 3), (5, 4), (6, 3), (9, 12), (10, 3), (10, 4), (10, 5), (10, 6), (10, 7)],
        &[(1, 29), (1, 30), (4, 2), (4, 24), (5, 7), (10, 8), (10, 9)],
    ),
    year(
        2023,
        &[(1, 2), (1, 23), (1, 24), (1, 25), (1, 26), (1, 27), (4, 5), (5, 1), (5, 2), (5, 3), (6, 22), (6, 23), (9, 29), (10, 2), (10, 3), (10, 4), (10, 5), (10, 6)],
        &[(1, 28), (1, 29), (4, 23), (5, 6), (6, 25), (10, 7), (10, 8)],
    ),
    year(
        2024,
        &[(1, 1), (2, 12), (2, 13), (2, 14), (2, 15), (2, 16), (4, 4), (4, 5), (5, 1), (5, 2), (5, 3), (6, 10), (9, 16), (9, 17), (10, 1), (10, 2), (10, 3), (10, 4), (10, 7)],
        &[(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)],
    ),
    year(
        2025,
        &[(1, 1), (1, 28), (1, 29), (1, 30), (1, 31), (2, 3), (2, 4), (4, 4), (5, 1), (5, 2), (5, 5), (6, 2), (10, 1), (10, 2), (10, 3), (10, 6), (10, 7), (10, 8)],
        &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    ),
    year(
        2026,
        &[(1, 1), (1, 2), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (2, 23), (4, 6), (5, 1), (5, 4), (5, 5), (6, 19), (9, 25), (10, 1), (10, 2), (10, 5), (10, 6), (10, 7)],
        &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exception_differs_from_the_rule_for_its_weekday() {
        for year in Calendar::PUBLISHED.years() {
            let day = |&(month, day): &MonthDay| Day::from_civil(year.year, month, day);
            assert!(year.off.iter().all(|date| !is_weekend(day(date))), "{}", year.year);
            assert!(year.work.iter().all(|date| is_weekend(day(date))), "{}", year.year);
        }
    }

    #[test]
    fn three_working_days_skip_the_spring_festival_of_2026() {
        let friday = Day::from_civil(2026, 2, 13);
        let third = Calendar::PUBLISHED.workday_after(friday, 3);
        // Saturday the 14th is worked, the 15th to the 23rd are off.
        assert_eq!(third, Some(Day::from_civil(2026, 2, 25)));
    }

    #[test]
    fn years_stay_in_order_whenever_they_are_inserted() {
        let mut calendar = Calendar::PUBLISHED;
        for year in [2030, 2019, 2028] {
            calendar.insert(Year { year, off: Cow::Borrowed(&[]), work: Cow::Borrowed(&[]) });
        }
        let years: Vec<i32> = calendar.years().iter().map(|year| year.year).collect();
        assert_eq!(years, [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2028, 2030]);
    }

    #[test]
    fn working_days_of_an_unpublished_year_are_unknown() {
        let calendar = Calendar::PUBLISHED;
        assert_eq!(
            calendar.workday_after(Day::from_civil(2026, 12, 30), 1),
            Some(Day::from_civil(2026, 12, 31))
        );
        assert_eq!(calendar.workday_after(Day::from_civil(2026, 12, 30), 2), None);
        assert_eq!(calendar.is_workday(Day::from_civil(2019, 12, 31), (2019, 12, 31)), None);
    }
}
