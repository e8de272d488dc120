import java.util.regex.Pattern;

public class Statements {
    public boolean check(String line) {
        Pattern pattern = Pattern.compile("^(\\s*\\w+\\s*)+;$"); // expect: CWE-1333
        return pattern.matcher(line).find();
    }
}
