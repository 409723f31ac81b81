"""What does not fit: pages that scroll sideways, and things too small for a thumb."""

from typing import Any

from playwright.sync_api import Page

LEAST = 44
"""CSS pixels, after Apple's guidelines and WCAG 2.5.5."""

_WIDE = """() => {
  const room = document.documentElement.clientWidth, width = document.documentElement.scrollWidth;
  if (width <= room) return [];
  const out = [...document.body.querySelectorAll("*")].filter(each => each.getBoundingClientRect().right > room + 1);
  return [`the page is ${width} wide`, ...out.slice(0, 5).map(each => `${each.tagName} ${each.className}`)];
}"""
_SMALL = """(least) => {
  const inText = each => each.tagName === "A" && getComputedStyle(each).display === "inline"
    && [...each.parentElement.childNodes].some(node => node !== each && node.textContent.trim());
  const pressed = each => each.matches("[type=checkbox], [type=radio]") && each.closest("label") || each;
  const found = [];
  for (const each of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    const {width, height} = pressed(each).getBoundingClientRect();
    if (!each.checkVisibility({visibilityProperty: true}) || each.matches(".skip") || inText(each)) continue;
    if (height < least - 0.5 || width < least - 0.5)
      found.push(`${each.tagName} "${each.innerText || each.name}" is ${Math.round(width)} by ${Math.round(height)}`);
  }
  return found;
}"""


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty when nothing does."""
    found: list[str] = page.evaluate(_WIDE)
    return found


def too_small(page: Page) -> list[str]:
    """Things to press that are smaller than 44 by 44; links within a sentence are as high as its line, and may be."""
    found: list[Any] = page.evaluate(_SMALL, LEAST)
    return found
