// @cedar-policy/cedar-wasm: a rule that fires is a policy that forbids, and its name the reason; policies parsed once.

import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { alikeLedgers, differentAccounts, differentLedgers, isBlank, mentions, mentionsOther, overdue, sameAccounts, unclearAccounts, withinWindow } from '../comparisons.mjs';
import { answer, inOrder, inWords, picking, reading } from '../rules.mjs';

export const name = '@cedar-policy/cedar-wasm';
export const note = 'it has neither folding, nor search in texts, nor functions of ours, so it is given those comparisons as booleans, worked out within the timed call';
export const load = () => ({ purchase: asked('purchase'), refund: asked('refund') });
export const download = {
  alias: { '@cedar-policy/cedar-wasm/nodejs': '@cedar-policy/cedar-wasm/web' },
  wasm: 'node_modules/@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm',
};

function asked(question) {
  const paths = new Set();
  const fact = (path) => paths.add(path) && attribute(path);
  const booleans = [];
  const boolean = (holds) => (path, other = path) => {
    const [a, b] = [reading(path), reading(other)];
    return attribute(`#${booleans.push((facts) => holds(a(facts), b(facts))) - 1}`);
  };
  const policies = inWords(question, {
    is: (path, value) => `${fact(path)} == "${value}"`,
    isNot: (path, value) => `${fact(path)} != "${value}"`,
    in: (path, values) => `${JSON.stringify(values)}.contains(${fact(path)})`,
    holds: (list, path) => `${fact(list)}.contains(${fact(path)})`,
    lacks: (list, value) => `!${fact(list)}.contains("${value}")`,
    yes: fact,
    above: (a, b) => `${fact(a)} > ${fact(b)}`,
    aboveSum: (a, b, c) => `${fact(a)} > ${fact(b)} + ${fact(c)}`,
    otherNumber: (a, b) => `${fact(a)} != ${fact(b)}`,
    differentLedgers: boolean(differentLedgers),
    alikeLedgers: boolean(alikeLedgers),
    differentAccounts: boolean(differentAccounts),
    unclearAccounts: boolean(unclearAccounts),
    notSameAccounts: boolean((a, b) => !sameAccounts(a, b)),
    blank: boolean(isBlank),
    notBlank: boolean((text) => !isBlank(text)),
    mentions: (path, phrase) => boolean((notices) => mentions(notices, phrase))(path),
    mentionsOther: boolean(mentionsOther),
    withinWindow: boolean(withinWindow),
    afterWindow: boolean((now, paidAt) => !withinWindow(now, paidAt)),
    overdue: boolean(overdue),
  });

  const staticPolicies = Object.fromEntries(policies.map(([code, conditions]) =>
    [code, `forbid(principal, action, resource) when { ${conditions.join(' && ')} };`]));
  const parsed = preparsePolicySet(question, { staticPolicies });
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed));

  const pick = picking([...paths]);
  const request = {
    principal: { type: 'Member', id: 'm' }, action: { type: 'Action', id: question }, resource: { type: 'Shop', id: 's' },
    preparsedPolicySetId: question, entities: [],
  };
  return (facts) => {
    const context = pick(facts);
    for (let place = 0; place < booleans.length; place++) context[`#${place}`] = booleans[place](facts);
    const { type, response } = statefulIsAuthorized({ ...request, context });
    if (type !== 'success' || response.diagnostics.errors.length > 0) throw new Error(`Cedar can't decide on ${JSON.stringify(context)}`);
    return answer(inOrder(response.diagnostics.reason));
  };
}

const attribute = (name) => `context["${name}"]`;
