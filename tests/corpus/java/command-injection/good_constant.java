import java.io.IOException;

public class Version {
    private static final String BRANCH = "main";

    public String read() throws IOException {
        Process process = Runtime.getRuntime().exec("git rev-parse --short " + BRANCH);
        return new String(process.getInputStream().readAllBytes());
    }
}
