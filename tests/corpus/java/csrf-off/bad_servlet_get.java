package com.example.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

@WebServlet("/profile/email")
public class EmailServlet extends HttpServlet {
    private UserDao users;
    @Override
    protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        User user = (User) req.getSession().getAttribute("user");
        users.updateEmail(user.getId(), req.getParameter("email")); // expect: CWE-352
        resp.setStatus(204);
    }
}
