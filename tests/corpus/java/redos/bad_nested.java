import java.util.regex.Pattern;

public class Emails {
    private static final Pattern EMAIL = Pattern.compile("^([a-zA-Z0-9]+)*@[a-z]+\\.com$"); // expect: CWE-1333

    public boolean check(String text) {
        return EMAIL.matcher(text).matches();
    }
}
