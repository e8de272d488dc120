public class Help {
    public static final String HINT = "Patterns such as (a+)+$ are slow.";

    public boolean isShort(String text) {
        return text.length() < HINT.length();
    }
}
