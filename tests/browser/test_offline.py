"""The browser keeps the site: a second visit starts, trains and opens exhibits without a network."""
from lab_page import LabPage


def test_a_second_visit_needs_no_network(browser, address):
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, service_workers="allow")
    first = LabPage(context.new_page(), address).open("#v=1&data=circle")
    first.expect_kept_for_offline()
    first.page.close()
    context.set_offline(True)
    second = LabPage(context.new_page(), address).open("#v=1&data=circle")
    second.step_batch()
    second.expect_updates(1)
    second.open_view("Dot product")
    second.expect_visible("dot-play")
    second.expect_no_message()
    context.close()
