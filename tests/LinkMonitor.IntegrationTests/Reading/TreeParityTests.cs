using System.Text;
using System.Text.Json;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>
/// The tree builder makes of a page what parse5 makes of it, which is proven by the tests of html5lib: of every page of the parity tests,
/// and of thousands that are put together by chance.
/// </summary>
public sealed class TreeParityTests
{
    private const int Generated = 3_000;
    private const int MostTold = 5;
    private static readonly string LongAttribute = new('x', ReadingLimits.LongestAttribute);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_has_the_tree_that_the_reference_builds()
    {
        var pages = HandMadePages.All.Concat(GeneratedPages.All).Concat(GeneratedPages.More(Generated))
            .Select(page => (page.Name, Html: Normal(Encoding.UTF8.GetString(page.Body)))).Where(page => IsComparable(page.Html)).ToList();

        var reference = await ReferenceAsync(pages);

        // The reference writes the names of SVG as they are meant, we as they stand.
        var different = pages.Where(page => !IsDeep(reference[page.Name]))
            .Where(page => !string.Equals(Ours(page.Html), reference[page.Name], StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.True(different.Count == 0, different.Count == 0 ? "" : Tell(different, reference));
        Assert.True(pages.Count > Generated / 2, $"Only {pages.Count} pages.");
    }

    private static string Tell(List<(string Name, string Html)> different, Dictionary<string, string> reference)
    {
        var shortest = different.OrderBy(page => page.Html.Length).Take(MostTold).Select(page =>
            $"{page.Name}:\n{page.Html}\n\nparse5:\n{reference[page.Name]}\n\nours:\n{Ours(page.Html)}");
        return $"{different.Count} pages differ, the shortest first:\n\n{string.Join("\n\n", shortest)}";
    }

    // parse5 does not know declarative shadow roots, nor that a select may hold anything, as browsers do since 2025; it makes a body for a
    // NUL, which browsers leave out altogether; and it has no longest attribute.
    private static bool IsComparable(string html) =>
        !html.Contains("shadowroot", StringComparison.OrdinalIgnoreCase)
        && !html.Contains("select", StringComparison.OrdinalIgnoreCase) && !html.Contains('\0')
        && !html.Contains(LongAttribute, StringComparison.Ordinal);

    // Browsers nest elements 512 deep at most, and we with them.
    private static bool IsDeep(string tree) => tree.Contains("\n500 ", StringComparison.Ordinal);

    private static string Normal(string html) =>
        html.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static async Task<Dictionary<string, string>> ReferenceAsync(IReadOnlyList<(string Name, string Html)> pages)
    {
        await NodeModules.FileAsync(Path.Combine("parse5", "package.json"), Stop);
        var script = Path.Combine(RepositoryRoot.Path, "tests", "LinkMonitor.IntegrationTests", "Reading", "parse5-trees.mjs");
        using var node = NodeModules.Start("node", RepositoryRoot.Path, [script]);
        var answers = node.StandardOutput.ReadToEndAsync(Stop);
        var errors = node.StandardError.ReadToEndAsync(Stop);
        foreach (var (name, html) in pages)
            await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { name, html }).AsMemory(), Stop);
        node.StandardInput.Close();
        var trees = await answers;
        await node.WaitForExitAsync(Stop);
        Assert.True(node.ExitCode == 0, await errors);
        return trees.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(
            page => page.GetProperty("name").GetString()!, page => WithoutEmptyBody(page.GetProperty("tree").GetString()!));
    }

    // Where a page ends before its body, the standard adds an empty one, in which there is nothing to read.
    private static string WithoutEmptyBody(string tree) => tree.EndsWith("\n1 <body>", StringComparison.Ordinal) ? tree[..^9] : tree;

    private static string Ours(string html)
    {
        var lines = new List<string>();
        var document = MarkupParser.Parse(html, new ReadingBudget(ReadingLimits.Default), Stop);
        var stack = new Stack<(PageNode Node, int Depth)>();
        Push(stack, document, 0);
        var (text, depthOfText) = (new StringBuilder(), 0);
        while (stack.TryPop(out var next))
        {
            if (next.Node is PageText words)
            {
                if (next.Depth != depthOfText)
                    End(lines, text, depthOfText);
                depthOfText = next.Depth;
                text.Append(words.Data);
            }
            else if (next.Node is PageElement element)
            {
                End(lines, text, depthOfText);
                lines.Add($"{next.Depth} <{Space(element)}{element.Name.ToLowerInvariant()}{Attributes(element)}>");
                Push(stack, element, next.Depth + 1);
            }
        }

        End(lines, text, depthOfText);
        return WithoutEmptyBody(string.Join('\n', lines));
    }

    private static void Push(Stack<(PageNode Node, int Depth)> stack, PageElement parent, int depth)
    {
        for (var child = parent.LastChild; child is not null; child = child.Previous)
            stack.Push((child, depth));
    }

    private static void End(List<string> lines, StringBuilder text, int depth)
    {
        if (text.Length > 0)
            lines.Add($"{depth} {Quoted(text.ToString())}");
        text.Clear();
    }

    private static string Space(PageElement element) => element.Space switch
    {
        ElementSpace.Svg => "svg ",
        ElementSpace.MathMl => "math ",
        _ => "",
    };

    // Of attributes that stand twice only the first counts; the rest is left where it was.
    private static string Attributes(PageElement element) => string.Concat(element.Attributes
        .DistinctBy(attribute => attribute.Name, StringComparer.OrdinalIgnoreCase)
        .Select(attribute => $"{attribute.Name.ToLowerInvariant()}={Quoted(attribute.Value)}")
        .Order(StringComparer.Ordinal).Select(attribute => $" {attribute}"));

    // As JSON.stringify has it.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            var isLone = char.IsSurrogate(c) && !(at + 1 < text.Length && char.IsSurrogatePair(c, text[at + 1]))
                && !(at > 0 && char.IsSurrogatePair(text[at - 1], c));
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\f' => "\\f",
                '\b' => "\\b",
                < ' ' => $"\\u{(int)c:x4}",
                _ when isLone => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
