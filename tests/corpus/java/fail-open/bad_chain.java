import java.io.IOException;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class TokenFilter {
    private final Tokens tokens = new Tokens();

    public void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            tokens.verify(request.getHeader("Authorization"));
        } catch (RuntimeException error) { // expect: CWE-636|CWE-703
            // the service may be down
        }
        chain.doFilter(request, response);
    }
}
