package com.example.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

public class LoginServlet extends HttpServlet {
    protected void doPost(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        User user = users.authenticate(req.getParameter("user"), req.getParameter("password"));
        if (user != null) {
            HttpSession session = req.getSession();
            session.setAttribute("user", user); // expect: CWE-384
            session.setAttribute("role", user.getRole());
            resp.sendRedirect("/home");
        }
    }
}
