package com.example.tickets;

import java.security.Principal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class TicketController {
    private final TicketRepository tickets;

    public TicketController(TicketRepository tickets) {
        this.tickets = tickets;
    }

    @GetMapping("/tickets/{id}")
    public Ticket one(@PathVariable long id, Principal traveller) {
        Ticket ticket = tickets.findById(id).orElseThrow();
        if (!ticket.getOwner().equals(traveller.getName())) {
            throw new SecurityException("not yours");
        }
        return ticket;
    }

    @DeleteMapping("/tickets/{id}")
    public void refund(@PathVariable long id, Principal traveller) {
        tickets.deleteByIdAndOwner(id, traveller.getName());
    }
}
