import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class C {
    record Job(String script, List<String> args) {}
    @PostMapping("/jobs")
    public int run(@RequestBody Job job) throws Exception {
        List<String> cmd = new ArrayList<>();
        cmd.add("python3");
        cmd.add("/opt/scripts/" + job.script());
        cmd.addAll(job.args());
        return new ProcessBuilder(cmd).start().waitFor();
    }
    @PostMapping("/jobs2")
    public int run2(@RequestBody Job job) throws Exception {
        String line = "python3 /opt/scripts/run.py " + String.join(" ", job.args());
        return Runtime.getRuntime().exec(line).waitFor(); // expect: CWE-78
    }
}
