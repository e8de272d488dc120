public class Patterns {
    private static final String ANY = "*";

    public boolean allowedOrigins(String pattern) {
        return !ANY.equals(pattern);
    }

    public String mapping() {
        return "/**" + ANY;
    }
}
