//! 条款: every clause of the published text is cited by a rule or a note, or there is a reason why not.

use std::collections::BTreeMap;

use preflight::Terms;
use preflight::model::terms::TermNumber;
use preflight::rules::RULES;
use preflight::rules::clauses::Clause;
use preflight::rules::notes::NOTES;

/// Clauses that no rule and no note cites, and where their content is used instead, or why it is not.
const NOT_CITED: &[(&str, &str)] = &[
    ("S-23", "the contact of the free edition, in the terms"),
    ("S-35", "says how a count is displayed, which decides nothing"),
    ("S-45", "the two contacts of S-23 and S-32, in the terms by edition"),
    ("S-46", "how the articles are numbered, which decides nothing"),
    ("S-47", "an example; the term of a Cloud purchase is not stated"),
    ("S-49", "the name of a product, a value of the fact `product`"),
    (
        "S-51",
        "that what is bought is bought for a ledger and a year, which the facts `need` and `selected` express",
    ),
];

/// By clause, the codes of the rules and notes that cite it.
fn uses() -> BTreeMap<&'static str, Vec<&'static str>> {
    let rules = RULES.iter().map(|rule| (rule.code, rule.citation.clauses));
    let notes = NOTES.iter().map(|note| (note.code, note.citation.clauses));
    let mut uses: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (code, clauses) in rules.chain(notes) {
        for clause in clauses {
            uses.entry(clause.id()).or_default().push(code);
        }
    }
    uses
}

#[test]
fn every_clause_is_cited_or_has_a_reason_why_not() {
    let uses = uses();
    let wrong: Vec<_> = (1..=Clause::LAST)
        .map(|number| format!("S-{number:02}"))
        .filter_map(|id| {
            let cited = uses.get(id.as_str());
            let reason = NOT_CITED.iter().find(|(listed, _)| *listed == id);
            match (cited, reason) {
                (None, None) => Some(format!("{id} is cited nowhere, and no reason is listed")),
                (Some(codes), Some(_)) => Some(format!("{id} is listed as not cited, but {codes:?} cite it")),
                _ => None,
            }
        })
        .collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn the_published_numbers_are_those_of_the_clauses() {
    let numbers = TermNumber::ALL.iter().map(|number| number.of(&Terms::PUBLISHED)).collect::<Vec<_>>();
    assert_eq!(
        (numbers.as_slice(), &*Terms::PUBLISHED.version),
        ([50, 100, 7, 3].as_slice(), "2021-12"),
        "numbers that a shop has changed belong into `Terms::default`, with a version of their own"
    );
    let cited: Vec<_> =
        Clause::ALL.iter().filter_map(|clause| Some((clause.id(), clause.number()?))).collect();
    assert_eq!(
        cited,
        [
            ("S-15", TermNumber::Claimed),
            ("S-16", TermNumber::Assured),
            ("S-30", TermNumber::RefundWindow),
            ("S-33", TermNumber::RefundReview)
        ]
    );
}

#[test]
fn the_catalogue_has_no_clause_that_is_of_no_use() {
    let uses = uses();
    let idle = |clause: &&Clause| {
        !uses.contains_key(clause.id()) && !NOT_CITED.iter().any(|(id, _)| *id == clause.id())
    };
    let idle: Vec<_> = Clause::ALL.iter().filter(idle).map(|clause| clause.id()).collect();
    assert_eq!(idle, [""; 0]);
}
