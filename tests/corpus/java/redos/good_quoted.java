import java.util.List;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;

public class Grep {
    public long count(List<String> lines, HttpServletRequest request) {
        Pattern pattern = Pattern.compile(Pattern.quote(request.getParameter("text")), Pattern.CASE_INSENSITIVE);
        return lines.stream().filter(line -> pattern.matcher(line).find()).count();
    }
}
