public class Modes {
    private static final String ALL = "rwxrwxrwx";

    public boolean isOpen(String mode) {
        return ALL.equals(mode) || mode.endsWith("w-");
    }
}
