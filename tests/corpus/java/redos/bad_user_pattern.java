import java.util.List;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;

public class Grep {
    public long count(List<String> lines, HttpServletRequest request) {
        Pattern pattern = Pattern.compile(request.getParameter("pattern")); // expect: CWE-1333|CWE-730|CWE-625
        return lines.stream().filter(line -> pattern.matcher(line).find()).count();
    }
}
