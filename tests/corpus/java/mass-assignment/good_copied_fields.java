import org.springframework.beans.BeanUtils;

public class Snapshots {
    public OrderView view(Order order) {
        OrderView view = new OrderView();
        BeanUtils.copyProperties(order, view);
        return view;
    }
}
