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
        } catch (RuntimeException error) {
            response.sendError(401);
            return;
        }
        chain.doFilter(request, response);
    }
}
