"""How often a feed is asked."""

from __future__ import annotations

import pytest

from whowhom.watch.polling import LONGEST, least_seconds, wait_after

SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


@pytest.mark.parametrize(
    ("feed", "seconds"),
    [
        ("<rss><channel><ttl> 60 </ttl></channel></rss>", 3600),
        ("<rss><channel><item><ttl>60</ttl></item></channel></rss>", 0),
        ("<rss><channel><ttl>-5</ttl></channel></rss>", 0),
        ("<rss><channel><ttl>soon</ttl></channel></rss>", 0),
        ("<rss><channel><ttl>99999999999999</ttl></channel></rss>", 31 * 86_400),
        (f"<rss {SY}><channel><sy:updatePeriod>daily</sy:updatePeriod></channel></rss>", 86_400),
        (
            f"<rss {SY}><channel><ttl>60</ttl><sy:updatePeriod> daily\n</sy:updatePeriod>"
            "<sy:updateFrequency>4</sy:updateFrequency></channel></rss>",
            21_600,
        ),
        (
            f"<rss {SY}><channel><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>"
            "</channel></rss>",
            3600,
        ),
        (
            f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SY}>'
            "<channel><sy:updatePeriod>daily</sy:updatePeriod></channel></rdf:RDF>",
            86_400,
        ),
        (f'<feed xmlns="http://www.w3.org/2005/Atom" {SY}><sy:updatePeriod>hourly</sy:updatePeriod></feed>', 3600),
        ("<rss><channel><ttl>60", 3600),
        ("", 0),
        ("no XML", 0),
    ],
)  # fmt: skip
def test_the_wish_of_a_feed_is_read(feed: str, seconds: float) -> None:
    assert least_seconds(feed.encode()) == seconds


def test_waits_double_up_to_hours_and_are_never_shorter_than_the_feed_wants() -> None:
    waits = [wait_after(n, 900, None) for n in range(1, 2000)]
    assert waits[:3] == [900, 1800, 3600]
    assert max(waits) == LONGEST
    assert wait_after(1, 900, 7200) == 7200
    assert wait_after(9, 2 * LONGEST, None) == 2 * LONGEST
