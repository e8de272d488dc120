import groovy.lang.GroovyShell;

public class ScriptRunner {
    public Object run(String script, int input) {
        GroovyShell shell = new GroovyShell();
        shell.setVariable("input", input);
        return shell.evaluate("input -> " + script); // expect: CWE-94
    }
}
