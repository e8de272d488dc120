import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerInterceptor;

public class KeyInterceptor implements HandlerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(KeyInterceptor.class);
    private final KeyService keyService = new KeyService();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        try {
            if (!keyService.isValid(request.getHeader("X-Key"))) {
                response.setStatus(401);
                return false;
            }
        } catch (Exception error) { // expect: CWE-636|CWE-703
            log.error("The key could not be checked", error);
        }
        return true;
    }
}
