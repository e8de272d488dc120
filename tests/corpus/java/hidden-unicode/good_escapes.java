public class Cleaner {
    private static final String HIDDEN = "[\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}]";

    public String clean(String text) {
        return text.replaceAll(HIDDEN, "");
    }
}
