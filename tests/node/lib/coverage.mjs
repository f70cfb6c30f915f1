// Coverage: whether the scenarios show, for each question and rule, the rule firing, out and open, each of its conditions
// holding, not holding and unknown, and each of them mattering.

const newRow = (question, code, conditions) => ({
  question,
  code,
  fired: 0,
  out: 0,
  open: 0,
  conditions: conditions.map(({ condition, expected }) => ({
    name: expected ? condition : `not ${condition}`,
    alone: 0,
    values: { true: 0, false: 0, unknown: 0 },
  })),
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
    rule.conditions.forEach(({ value }, i) => row.conditions[i].values[value ?? 'unknown']++);
    const against = rule.conditions.filter(({ value, expected }) => value !== expected);
    if (against.length === 1 && against[0].value === !against[0].expected) row.conditions[rule.conditions.indexOf(against[0])].alone++;
  }
}

/** What the scenarios do not cover of a row; undefined when they cover it. */
export function uncovered({ question, code, fired, out, open, conditions }) {
  const never = conditions.filter(({ alone }) => alone === 0).map(({ name }) => `"${name}"`);
  const neverIs = (value) => conditions.filter(({ values }) => values[value] === 0).map(({ name }) => `"${name}"`);
  const lacks = [
    ...(fired === 0 ? ['no scenario fires it'] : []),
    ...(out === 0 ? ['in no scenario it is out'] : []),
    ...(open === 0 ? ['in no scenario it is open'] : []),
    ...['true', 'false', 'unknown'].filter((value) => neverIs(value).length > 0).map((value) => `in no scenario ${value}: ${neverIs(value).join(', ')}`),
    ...(never.length > 0 ? [`no scenario in which this alone keeps it from firing: ${never.join(', ')}`] : []),
  ];
  return lacks.length > 0 ? `${question}/${code}: ${lacks.join('; ')}` : undefined;
}
