public class Identifiers {
    public boolean check(String text) {
        return text.matches("^(\\w|\\d|_)+$"); // expect: CWE-1333
    }
}
