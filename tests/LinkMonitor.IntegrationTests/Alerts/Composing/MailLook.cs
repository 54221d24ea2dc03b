namespace LinkMonitor.IntegrationTests.Alerts.Composing;

/// <summary>What is measured of a mail in a browser.</summary>
internal static class MailProbe
{
    /// <summary>WCAG 2.2 AA for text of any size: https://www.w3.org/TR/WCAG22/#contrast-minimum.</summary>
    public const double LeastContrast = 4.5;

    /// <summary>
    /// Gives a line for each piece of text whose contrast against its nearest background is too low, and one when the page is wider than
    /// its window.
    /// </summary>
    public const string Script = """
        least => {
          const parse = colour => colour.match(/[\d.]+/g).map(Number);
          const channel = value => { const share = value / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; };
          const luminance = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
          const background = element => {
            for (let at = element; at; at = at.parentElement) {
              const colour = parse(getComputedStyle(at).backgroundColor);
              if (colour.length < 4 || colour[3] > 0) return colour;
            }
            return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
          };
          const poor = new Set();
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const text = walker.currentNode.textContent.trim();
            if (text.length === 0) continue;
            const element = walker.currentNode.parentElement;
            const pair = [luminance(parse(getComputedStyle(element).color)), luminance(background(element))].sort((a, b) => b - a);
            const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
            if (ratio < least) poor.add(`contrast ${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
          }
          const wide = document.documentElement.scrollWidth - window.innerWidth;
          if (wide > 0) poor.add(`${wide} px too wide`);
          return [...poor];
        }
        """;
}
