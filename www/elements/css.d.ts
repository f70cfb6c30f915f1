// A style sheet as a text: what the builds of the package and of the pages make of this address.
declare module '*.css?inline' {
  const text: string;
  export default text;
}
