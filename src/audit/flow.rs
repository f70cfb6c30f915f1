//! 流向图: how many orders go from which verdict to which, as a picture in SVG.

use super::answers::{INVALID, verdict_name};
use super::report::{escaped, grouped, share, verdict_label};
use super::tally::Tally;
use crate::model::locale::Locale;

/// The colours of the verdicts and of `invalid`, by their indices; all have enough contrast with white.
const COLOURS: [&str; INVALID as usize + 1] =
    ["#2e7d32", "#9a5b00", "#1565c0", "#b71c1c", "#5f6670", "#7b1fa2"];

const WIDTH: f64 = 960.0;
/// Where the bars of both sides stand, and how wide they are.
const LEFT: f64 = 280.0;
const RIGHT: f64 = WIDTH - LEFT - BAR;
const BAR: f64 = 14.0;
/// The height that all orders have together.
const HEIGHT: f64 = 300.0;
/// What a bar with its label needs at least.
const LEAST: f64 = 46.0;
/// How thin a band may become that is to be seen.
const THINNEST: f64 = 2.0;

/// The colour of a verdict.
pub(super) fn colour(verdict: u8) -> &'static str {
    COLOURS.get(usize::from(verdict)).copied().unwrap_or("#000")
}

/// A bar of one verdict on one side.
#[derive(Clone, Copy)]
struct Bar {
    verdict: u8,
    orders: u64,
    top: f64,
    height: f64,
    /// Where the next band begins.
    next: f64,
}

fn height(orders: u64, all: u64) -> f64 {
    (HEIGHT * orders as f64 / all.max(1) as f64).max(THINNEST)
}

/// The bars of one side, from the top down.
fn bars(orders: impl Iterator<Item = (u8, u64)>, all: u64) -> Vec<Bar> {
    let mut top = 10.0;
    let mut bars = Vec::new();
    for (verdict, orders) in orders.filter(|(_, orders)| *orders > 0) {
        let height = height(orders, all);
        let slot = height.max(LEAST);
        let first = top + (slot - height) / 2.0;
        bars.push(Bar { verdict, orders, top: first, height, next: first });
        top += slot + 8.0;
    }
    bars
}

/// The picture: verdicts before on the left, now on the right, and a band for the orders between two of them. Bands of
/// orders whose verdict stays are pale.
pub(super) fn picture(tally: &Tally, locale: Locale) -> String {
    let (all, verdicts) = (tally.orders(), tally.verdicts());
    let mut before = bars(verdicts.iter().map(|(verdict, before, _)| (*verdict, before.unwrap_or(0))), all);
    let mut now = bars(verdicts.iter().map(|(verdict, _, now)| (*verdict, *now)), all);
    let bottom = |bars: &[Bar]| bars.last().map_or(0.0, |bar| (bar.top + bar.height).max(bar.top + LEAST));
    let tall = bottom(&before).max(bottom(&now)) + 14.0;
    let label = locale.choose(
        "结论的变化：左边是旧条款，右边是新条款",
        "Verdicts: by the old terms on the left, by the new terms on the right",
    );
    let mut svg = format!("<svg viewBox=\"0 0 {WIDTH} {tall:.0}\" role=\"img\" aria-label=\"{label}\">\n");
    let (mut pale, mut strong) = (String::new(), String::new());
    for from in &mut before {
        for to in &mut now {
            let orders = tally.flow(from.verdict, to.verdict);
            if orders == 0 {
                continue;
            }
            let thick = height(orders, all);
            let (start, end) = (from.next, to.next);
            (from.next, to.next) = (start + thick, end + thick);
            let (left, right, middle) = (LEFT + BAR, RIGHT, WIDTH / 2.0);
            let (start_low, end_low) = (start + thick, end + thick);
            let stays = from.verdict == to.verdict;
            let (fill, opacity) = if stays { ("#9aa1ab", 0.28) } else { (colour(to.verdict), 0.72) };
            let title = format!(
                "{} → {}{}{} ({})",
                verdict_label(from.verdict, locale),
                verdict_label(to.verdict, locale),
                locale.choose("：", ": "),
                grouped(orders),
                share(orders, all)
            );
            let band = format!(
                "<path d=\"M{left:.1} {start:.1}C{middle:.1} {start:.1} {middle:.1} {end:.1} {right:.1} {end:.1}V{end_low:.1}C{middle:.1} {end_low:.1} {middle:.1} {start_low:.1} {left:.1} {start_low:.1}Z\" fill=\"{fill}\" fill-opacity=\"{opacity}\"><title>{}</title></path>\n",
                escaped(&title)
            );
            if stays { pale.push_str(&band) } else { strong.push_str(&band) }
        }
    }
    // What changes is drawn last, on top.
    svg.push_str(&pale);
    svg.push_str(&strong);
    for (bars, x, text, anchor) in
        [(&before, LEFT, LEFT - 10.0, "end"), (&now, RIGHT, RIGHT + BAR + 10.0, "start")]
    {
        for bar in bars {
            let Bar { verdict, orders, top, height, .. } = *bar;
            let middle = top + height / 2.0;
            svg.push_str(&format!(
                "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{BAR}\" height=\"{height:.1}\" fill=\"{}\"/>\n<text x=\"{text:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" class=\"name\">{}</text>\n<text x=\"{text:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" class=\"count\">{} · {}</text>\n",
                colour(verdict),
                middle - 2.0,
                escaped(&verdict_label(verdict, locale)),
                middle + 16.0,
                grouped(orders),
                share(orders, all)
            ));
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The picture where nothing is compared: a bar for each verdict.
pub(super) fn bar_chart(tally: &Tally, locale: Locale) -> String {
    let all = tally.orders();
    let rows: Vec<_> = tally.verdicts().into_iter().filter(|(_, _, now)| *now > 0).collect();
    let tall = 40.0 * rows.len() as f64 + 8.0;
    let label = locale.choose("各结论的订单数", "Orders by verdict");
    let mut svg = format!("<svg viewBox=\"0 0 {WIDTH} {tall:.0}\" role=\"img\" aria-label=\"{label}\">\n");
    for (index, (verdict, _, orders)) in rows.into_iter().enumerate() {
        let top = 40.0 * index as f64 + 8.0;
        let wide = (430.0 * orders as f64 / all.max(1) as f64).max(THINNEST);
        svg.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" class=\"name\">{}</text>\n<rect x=\"{LEFT}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"26\" fill=\"{}\"><title>{}</title></rect>\n<text x=\"{:.1}\" y=\"{:.1}\" class=\"count\">{} · {}</text>\n",
            LEFT - 10.0,
            top + 18.0,
            escaped(&verdict_label(verdict, locale)),
            colour(verdict),
            verdict_name(verdict),
            LEFT + wide + 8.0,
            top + 18.0,
            grouped(orders),
            share(orders, all)
        ));
    }
    svg.push_str("</svg>\n");
    svg
}
