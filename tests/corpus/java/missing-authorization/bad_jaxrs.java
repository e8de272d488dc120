package com.example.accounts;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

@Path("/accounts")
public class AccountResource {
    private final AccountService accounts = new AccountService();

    @POST
    @RolesAllowed("admin")
    public long create(String name) {
        return accounts.create(name);
    }

    @POST
    @Path("/{id}/lock")
    @RolesAllowed("admin")
    public void lock(@PathParam("id") long id) {
        accounts.lock(id);
    }

    @DELETE
    @Path("/{id}")
    public void delete(@PathParam("id") long id) { // expect: CWE-862
        accounts.delete(id);
    }
}
