// The links of a document as the browser holds them. Independent of the reader under test: only the definition of a link's text is shared, see
// docs/decisions/0009-reading-like-a-browser.md.
() => {
  const html = 'http://www.w3.org/1999/xhtml';
  const words = text => new Set(text.split(' '));
  const unread = words('script style template iframe noembed noframes title');
  const apart = words(
    'br hr option p address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup main menu nav ' +
    'ol search section summary ul h1 h2 h3 h4 h5 h6 pre listing form li dd dt frameset table caption colgroup tbody thead tfoot tr td th');

  const fold = text => text.replace(/\p{White_Space}+/gu, ' ').replace(/^ | $/g, '');

  // A shadow root stands before the children that it mostly takes the place of. No script sees a closed one.
  const childrenOf = node => [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes];

  const textOf = node => {
    if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE) {
      return node.data;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) {
      return '';
    }
    const name = node.namespaceURI === html ? node.localName : '';
    if (unread.has(name)) {
      return '';
    }
    const image = name === 'img' || node.localName === 'svg' ? node.getAttribute('alt') ?? '' : '';
    const text = image + childrenOf(node).map(textOf).join('');
    return apart.has(name) ? ` ${text} ` : text;
  };

  const isUnread = link => {
    for (let node = link; node instanceof Element || node instanceof ShadowRoot; node = node.parentNode ?? node.host) {
      if (node instanceof Element && node.namespaceURI === html && unread.has(node.localName)) {
        return true;
      }
    }
    return false;
  };

  const links = [];
  const path = [document];
  while (path.length > 0) {
    const node = path.pop();
    if (node instanceof Element && node.namespaceURI === html && node.matches('a[href], area[href]')) {
      links.push(node);
    }
    path.push(...childrenOf(node).reverse());
  }
  return JSON.stringify({
    charset: document.characterSet,
    url: document.URL,
    links: links.map(link => ({
      href: link.getAttribute('href'),
      url: link.href,
      isResolved: link.protocol !== ':',
      rel: link.getAttribute('rel'),
      relList: Array.from(link.relList),
      text: fold(link.localName === 'area' ? link.getAttribute('alt') ?? '' : isUnread(link) ? '' : textOf(link)),
    })),
  });
}
