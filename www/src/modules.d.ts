// What the build makes of the files in tests/scenarios.
declare module 'preflight-scenarios' {
  const files: readonly import('./scenarios').ScenarioFile[];
  export default files;
}
