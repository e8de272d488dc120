import java.util.Base64;

public class Cursor {
    public static int offset(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        return Integer.parseInt(new String(bytes));
    }
}
