import java.util.regex.Pattern;

public class Patterns {
    static final Pattern EMAIL = Pattern.compile("^[\\w.+-]{1,64}@[a-z0-9.-]{1,255}\\.[a-z]{2,10}$");
    static final Pattern LIST = Pattern.compile("^\\w+(?:,\\w+)*$");
    static final Pattern DATE = Pattern.compile("^(\\d{4})-(\\d{2})-(\\d{2})$");
}
