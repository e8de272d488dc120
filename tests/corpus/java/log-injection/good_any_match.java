package com.example.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.logging.Logger;

public class AuditServlet extends HttpServlet {
    private static final Logger LOG = Logger.getLogger("audit");
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        String account = request.getParameter("account");
        if (account.chars().anyMatch(Character::isISOControl)) {
            return;
        }
        LOG.info("transfer from " + account);
    }
}
