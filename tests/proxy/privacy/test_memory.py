"""What is remembered of a recording makes it stricter; what is forgotten, too."""

from __future__ import annotations

from proxy.privacy import memory as module
from proxy.privacy.fields import NO_CARD, FieldCard, verdict
from proxy.privacy.memory import LOST, Flag, Memories, Memory, Node

HARMLESS, SECRET = verdict("search", "name"), verdict("password", "type")


def test_once_secret_always_secret_by_node_name_and_view() -> None:
    memory = Memory()
    card = FieldCard(name="pw", id="f1")
    assert memory.sticky(memory.view("a"), 6, card, SECRET) == SECRET
    assert memory.sticky(memory.view("a"), 6, FieldCard(name="other"), HARMLESS) == SECRET
    assert memory.sticky(memory.view("b"), 9, FieldCard(name="pw"), HARMLESS) == SECRET
    assert memory.sticky(memory.view("b"), 10, FieldCard(id="f1"), HARMLESS) == SECRET
    assert memory.sticky(memory.view("b"), 11, FieldCard(name="q"), HARMLESS) == HARMLESS


def test_a_field_without_a_card_is_not_unknown_for_ever() -> None:
    memory = Memory()
    assert memory.sticky(memory.view("a"), 6, None, NO_CARD) == NO_CARD
    assert memory.sticky(memory.view("a"), 6, FieldCard(name="q"), HARMLESS) == HARMLESS


def test_an_accepted_batch_is_known_again() -> None:
    memory = Memory()
    assert not memory.seen("a", 0)
    memory.accept("a", 0)
    assert memory.seen("a", 0)
    assert not memory.seen("a", 1)


def test_a_node_is_where_its_ancestors_are() -> None:
    view = Memory().view("a")
    view.nodes |= {
        1: Node(0, "", 0),
        2: Node(1, "div", Flag.MASKED),
        3: Node(2, "div", Flag.VALUE),
        4: Node(3, "", 0),
    }
    assert view.place(4) == (Flag.MASKED | Flag.VALUE, 3)
    assert view.place(1) == (0, 0)
    assert view.place(99) == LOST
    del view.nodes[2]
    assert view.place(4) == LOST


def test_nodes_in_a_circle_are_lost() -> None:
    view = Memory().view("a")
    view.nodes |= {1: Node(2, "div", 0), 2: Node(1, "div", 0)}
    assert view.place(1) == LOST


def test_pruning_forgets_what_hangs_on_nothing() -> None:
    view = Memory().view("a")
    view.nodes |= {1: Node(0, "", 0), 2: Node(1, "div", 0), 7: Node(6, "div", 0), 8: Node(7, "", 0)}
    view.prune()
    assert set(view.nodes) == {1, 2}


def test_the_recording_used_longest_ago_is_forgotten() -> None:
    memories = Memories(limit=2)
    first = memories.get("a")
    memories.get("b")
    assert memories.get("a") is first
    memories.get("c")
    assert memories.get("a") is first
    memories.forget("a")
    assert memories.get("a") is not first


def test_a_process_holds_no_more_nodes_than_its_bound(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "MAX_TOTAL_NODES", 10)
    memories = Memories()
    for number in range(64):
        memories.get(f"r{number}").view("a").nodes[1] = Node(0, "", 0)
    memories.get("last")
    assert sum(memory.size for memory in memories._of.values()) <= 11
