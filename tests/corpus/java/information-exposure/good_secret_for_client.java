package com.example.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

public class KeyServlet extends HttpServlet {
    protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        String apiKey = System.getenv("PAYMENT_API_KEY");
        PaymentClient client = new PaymentClient(apiKey);
        resp.setContentType("application/json");
        resp.getWriter().write("{\"balance\":" + client.balance() + "}");
    }
}
