export class RuleEngine {
  private cache = new Map<string, Function>();

  compile(condition: string): Function {
    const body = `return (${condition});`;
    const compiled = new Function('row', body); // expect: CWE-94
    this.cache.set(condition, compiled);
    return compiled;
  }
}
