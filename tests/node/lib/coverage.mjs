// Coverage: whether the scenarios show, for each question and rule, the rule firing and each of its conditions mattering.

const newRow = (question, code, conditions) => ({
  question,
  code,
  fired: 0,
  out: 0,
  open: 0,
  conditions: conditions.map(({ condition, expected }) => ({ name: expected ? condition : `not ${condition}`, alone: 0 })),
});

/** A row per question and rule of the catalogue, nothing counted yet. */
export function newCoverage(engine) {
  const questions = [...new Set(engine.rules.flatMap((rule) => rule.questions))];
  return questions.flatMap((question) => {
    const traced = new Map(engine.trace(question, {}).rules.map((rule) => [rule.code, rule.conditions]));
    return engine.rules
      .filter((rule) => rule.questions.includes(question))
      .map(({ code }) => newRow(question, code, traced.get(code) ?? []));
  });
}

/**
 * Counts one trace. A condition is alone against its rule when it is false of the facts while all the others hold:
 * only then does the scenario show that this condition is needed.
 */
export function count(rows, question, trace) {
  for (const rule of trace.rules) {
    let row = rows.find((row) => row.question === question && row.code === rule.code);
    if (!row) rows.push((row = newRow(question, rule.code, rule.conditions)));
    row[rule.state]++;
    const against = rule.conditions.filter(({ value, expected }) => value !== expected);
    if (against.length === 1 && against[0].value === !against[0].expected) row.conditions[rule.conditions.indexOf(against[0])].alone++;
  }
}

/** What the scenarios do not cover of a row; undefined when they cover it. */
export function uncovered({ question, code, fired, conditions }) {
  const never = conditions.filter(({ alone }) => alone === 0).map(({ name }) => `"${name}"`);
  const lacks = [
    ...(fired === 0 ? ['no scenario fires it'] : []),
    ...(never.length > 0 ? [`no scenario in which this alone keeps it from firing: ${never.join(', ')}`] : []),
  ];
  return lacks.length > 0 ? `${question}/${code}: ${lacks.join('; ')}` : undefined;
}
