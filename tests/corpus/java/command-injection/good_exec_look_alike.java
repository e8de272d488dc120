import java.util.concurrent.ExecutorService;
import javax.servlet.http.HttpServletRequest;

public class Jobs {
    private final ExecutorService pool;

    public Jobs(ExecutorService pool) {
        this.pool = pool;
    }

    public void exec(String label) {
        pool.execute(() -> System.out.println(label));
    }

    public void start(HttpServletRequest request) {
        exec("job " + request.getParameter("name"));
    }
}
