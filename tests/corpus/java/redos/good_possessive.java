import java.util.regex.Pattern;

public class Words {
    private static final Pattern WORDS = Pattern.compile("^(?:[a-z]++ ?)++$");

    public boolean check(String text) {
        return text.length() < 200 && WORDS.matcher(text).matches();
    }
}
