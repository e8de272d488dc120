import java.io.PrintWriter;
import java.util.Arrays;

public class ErrorPage {
    public void render(PrintWriter writer, Store store) {
        try {
            store.load();
        } catch (Exception error) {
            writer.println(Arrays.toString(error.getStackTrace())); // expect: CWE-209
        }
    }
}
