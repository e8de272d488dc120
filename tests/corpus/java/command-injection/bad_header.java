import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.http.HttpServletRequest;

public class GitService {
    public void checkout(HttpServletRequest request) throws IOException {
        String branch = request.getHeader("X-Branch");
        List<String> args = new ArrayList<>();
        args.add("sh");
        args.add("-c");
        args.add("git checkout " + branch);
        ProcessBuilder builder = new ProcessBuilder();
        builder.command(args); // expect: CWE-78
        builder.start();
    }
}
