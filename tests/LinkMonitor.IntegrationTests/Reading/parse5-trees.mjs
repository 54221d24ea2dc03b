// Reads a JSON object {"name", "html"} a line and answers {"name", "tree"}: the page's tree as parse5 builds it with scripting off.
import { createInterface } from 'node:readline';
import { html, parse } from 'parse5';

const spaces = { [html.NS.SVG]: 'svg ', [html.NS.MATHML]: 'math ' };

function attributes(element) {
  const named = element.attrs.map((attribute) => {
    const name = attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name;
    return `${name.toLowerCase()}=${JSON.stringify(attribute.value)}`;
  });
  return [...new Set(named)].sort().map((attribute) => ` ${attribute}`).join('');
}

function tree(document) {
  const lines = [];
  let text = '';
  const end = (depth) => {
    if (text) lines.push(`${depth} ${JSON.stringify(text)}`);
    text = '';
  };
  // An explicit stack: generated pages may be nested more deeply than calls.
  const stack = [...document.childNodes].reverse().map((node) => ({ node, depth: 0 }));
  let depthOfText = 0;
  while (stack.length > 0) {
    const { node, depth } = stack.pop();
    if (node.nodeName === '#text') {
      if (depth !== depthOfText) end(depthOfText);
      depthOfText = depth;
      text += node.value;
    } else if (node.tagName) {
      end(depthOfText);
      lines.push(`${depth} <${spaces[node.namespaceURI] ?? ''}${node.tagName.toLowerCase()}${attributes(node)}>`);
      const children = node.content ? node.content.childNodes : node.childNodes;
      for (let at = children.length - 1; at >= 0; at--) stack.push({ node: children[at], depth: depth + 1 });
    } else if (node.end) {
      end(depthOfText);
    }
  }
  end(depthOfText);
  return lines.join('\n');
}

for await (const line of createInterface({ input: process.stdin })) {
  const page = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ name: page.name, tree: tree(parse(page.html, { scriptingEnabled: false })) })}\n`);
}
