import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Prices extends HttpServlet {
    private final transient PriceList prices = new PriceList();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.isUserInRole("manager")) { // expect: CWE-862
            log("a price was changed by somebody else");
        }
        prices.set(Long.parseLong(request.getParameter("item")), Integer.parseInt(request.getParameter("price")));
        response.setStatus(204);
    }
}
