using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Filtering;

/// <summary>One value of a term.</summary>
public abstract record FilterValue
{
    /// <summary>In its canonical spelling, without quotes.</summary>
    public abstract string Text { get; }

    internal virtual bool IsQuotable => false;

    public sealed override string ToString() => Text;
}

/// <summary>One of the names that a key takes, in lower case.</summary>
public sealed record NameValue(string Name) : FilterValue
{
    public override string Text => Name;
}

/// <summary>Text as somebody wrote it.</summary>
/// <param name="Written">Never empty.</param>
public sealed record WrittenValue(string Written) : FilterValue
{
    public override string Text => Written;

    internal override bool IsQuotable => true;
}

/// <summary>An amount of money, in whatever currency.</summary>
public sealed record AmountValue(FilterComparison Comparison, decimal Amount) : FilterValue
{
    public override string Text => Comparison.Sign() + Amount.ToString("0.############", CultureInfo.InvariantCulture);
}

/// <summary>A day of the calendar.</summary>
public sealed record DayValue(FilterComparison Comparison, DateOnly Day) : FilterValue
{
    public override string Text => Comparison.Sign() + Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>How long ago, or how far ahead.</summary>
/// <param name="Count">0 to <see cref="MaxDays"/> days in all.</param>
/// <param name="Unit"><c>h</c>, <c>d</c>, <c>w</c> (7 days) or <c>y</c> (365 days).</param>
public sealed record AgeValue(FilterComparison Comparison, int Count, char Unit) : FilterValue
{
    /// <summary>A hundred years.</summary>
    public const int MaxDays = 36_500;

    public TimeSpan Span => Unit switch
    {
        'h' => TimeSpan.FromHours(Count),
        'w' => TimeSpan.FromDays(7 * (long)Count),
        'y' => TimeSpan.FromDays(365 * (long)Count),
        _ => TimeSpan.FromDays(Count),
    };

    public override string Text => string.Create(CultureInfo.InvariantCulture, $"{Comparison.Sign()}{Count}{Unit}");
}

/// <summary>How a value is compared.</summary>
public enum FilterComparison
{
    Is,
    Below,
    AtMost,
    Above,
    AtLeast,
}

internal static class ComparisonSign
{
    public static string Sign(this FilterComparison comparison) => comparison switch
    {
        FilterComparison.Below => "<",
        FilterComparison.AtMost => "<=",
        FilterComparison.Above => ">",
        FilterComparison.AtLeast => ">=",
        _ => "",
    };

    /// <summary>The comparison that a text begins with, and the rest.</summary>
    public static (FilterComparison Comparison, string Value) Read(string text) => text switch
    {
        ['<', '=', .. var rest] => (FilterComparison.AtMost, rest.Trim()),
        ['>', '=', .. var rest] => (FilterComparison.AtLeast, rest.Trim()),
        ['<', .. var rest] => (FilterComparison.Below, rest.Trim()),
        ['>', .. var rest] => (FilterComparison.Above, rest.Trim()),
        _ => (FilterComparison.Is, text.Trim()),
    };

    /// <param name="order">Negative when what is compared is less than the value, 0 when it is the same.</param>
    public static bool Holds(this FilterComparison comparison, int order) => comparison switch
    {
        FilterComparison.Below => order < 0,
        FilterComparison.AtMost => order <= 0,
        FilterComparison.Above => order > 0,
        FilterComparison.AtLeast => order >= 0,
        _ => order == 0,
    };
}

/// <summary>Hosts with wildcards, and text within texts.</summary>
internal static class HostPattern
{
    // Stands in for a wildcard while the URL parser reads the host; no host has it by chance.
    private const string Stand = "x0wildcard0x";

    /// <summary>The host as the URL parser has it: in lower case and in Punycode; <c>www.</c> stays, as somebody wrote it.</summary>
    public static (string? Text, string? Problem) Normalise(string text)
    {
        var host = text.Trim().TrimEnd('.').ToLowerInvariant();
        var wildcards = host.Count(character => character == '*');

        // Punycode moves the letters about: a wildcard among them would stand for nothing that anybody meant.
        var isRead = !host.Split('.').Any(label => label.Contains('*', StringComparison.Ordinal) && !Ascii.IsValid(label));
        if (isRead && WebUrl.TryParse($"http://{host.Replace("*", Stand, StringComparison.Ordinal)}/", out var url)
            && url is { Path: "/", Port: null, HasCredentials: false, Host: { } read }
            && read.Replace(Stand, "*", StringComparison.Ordinal) is var normal
            && normal.Count(character => character == '*') == wildcards)
            return (normal, null);
        return (null, $"'{FilterParser.Cut(text)}' is no host. Write for example blog.example.com or *.example.com, without https:// "
            + "and path.");
    }

    /// <param name="written">Normalised.</param>
    public static Func<LinkFacts, bool> Of(string written)
    {
        var host = HostName.ForFilter(written);
        if (!host.Contains('*', StringComparison.Ordinal))
            return link => link.Host == host;
        if (host.StartsWith("*.", StringComparison.Ordinal) && host.LastIndexOf('*') == 0)
        {
            var (domain, end) = (host[2..], host[1..]);
            return link => link.Host == domain || link.Host.EndsWith(end, StringComparison.Ordinal);
        }

        return link => FileSystemName.MatchesSimpleExpression(host, link.Host, ignoreCase: false);
    }

    public static Func<LinkFacts, bool> InText(string text)
    {
        var (page, target) = (InPage(text), InTarget(text));
        return link => page(link) || target(link) || IsIn(link.ExpectedAnchor, text) || link.IsInFoundAnchor(text);
    }

    /// <summary>Part of the page's URL, as it is stored or as people read it.</summary>
    public static Func<LinkFacts, bool> InPage(string text) => Ascii.IsValid(text)
        ? link => link.IsInPage(text)
        : link => link.IsInPage(text) || IsReadIn(link.Page, text);

    /// <summary>The same of the target's.</summary>
    public static Func<LinkFacts, bool> InTarget(string text) => Ascii.IsValid(text)
        ? link => link.IsInTarget(text)
        : link => link.IsInTarget(text) || IsReadIn(link.Target, text);

    // URLs are stored in ASCII: what is beyond it in them is encoded.
    private static bool IsReadIn(string url, string text) =>
        (url.Contains("xn--", StringComparison.OrdinalIgnoreCase) || url.Contains('%', StringComparison.Ordinal))
        && IsIn(WebText.Readable(url), text);

    public static bool IsIn(string? whole, string text) => whole?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;
}
