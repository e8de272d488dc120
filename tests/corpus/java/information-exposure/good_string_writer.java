import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    public void note(Exception error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        log.error("{}", text.toString().length());
    }
}
