import java.io.IOException;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

public class TokenFilter extends OncePerRequestFilter {
    private final Tokens tokens = new Tokens();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            SecurityContextHolder.getContext().setAuthentication(tokens.authenticate(request.getHeader("Authorization")));
        } catch (IllegalArgumentException error) {
            logger.debug("no valid token", error);
        }
        chain.doFilter(request, response);
    }
}
