using System.Globalization;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Lays an alert out as an HTML document for mail clients: tables and inline styles, nothing loaded from anywhere.</summary>
internal static class HtmlLetter
{
    public static string Write(AlertLetter letter)
    {
        var head = new Markup(HtmlStyles.Sheet);
        return Markup.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{letter.ProjectName}: {letter.Summary}</title>
            <style>
            {head}
            </style>
            </head>
            <body class="page" style="{HtmlStyles.Body}">
            <table role="presentation" class="page" style="width:100%;border-collapse:collapse;{HtmlStyles.Body}"><tr><td style="padding:20px 10px;">
            <div style="{HtmlStyles.Frame}">
            <h1 style="font-size:20px;line-height:1.3;margin:0 0 4px 0;overflow-wrap:anywhere;">{letter.Summary}</h1>
            <p style="margin:0 0 4px 0;overflow-wrap:anywhere;">Project: <strong>{letter.ProjectName}</strong></p>
            <p class="muted" style="margin:0 0 4px 0;font-size:13px;{HtmlStyles.Muted}">{letter.TimeNote} {letter.ShortNote ?? ""}</p>
            {Markup.Join(letter.Groups.Select(group => Group(letter, group)))}{Footer(letter)}{new Markup(AlertMail.HtmlEnd)}
            """).Html;
    }

    private static Markup Group(AlertLetter letter, IGrouping<ChangeKind, ChangeStory> group)
    {
        var stories = group.ToList();
        var heading = $"{ChangeKinds.Shape(group.Key)} {ChangeKinds.Word(group.Key)} ({Count(stories.Count)})";
        var hosts = stories.GroupBy(story => story.Host).Select(host => Host(letter, host));
        return Markup.Of($"""
            <h2 class="{HtmlStyles.Class(group.Key)}" style="font-size:17px;margin:24px 0 8px 0;color:{HtmlStyles.Colour(group.Key)};">{heading}</h2>
            {Markup.Join(hosts)}
            """);
    }

    private static Markup Host(AlertLetter letter, IGrouping<string, ChangeStory> host)
    {
        var full = host.Where(letter.IsToldInFull).Select(story => HtmlStory.Full(letter.Number(story), story));
        var brief = host.Where(story => !letter.IsToldInFull(story)).Select(story => HtmlStory.Brief(letter.Number(story), story)).ToList();
        var list = brief.Count == 0 ? Markup.Empty : Markup.Of($"""
            <table class="card" style="{HtmlStyles.Card}">
            {Markup.Join(brief)}</table>

            """);
        return Markup.Of($"""
            <h3 style="font-size:14px;margin:12px 0 6px 0;overflow-wrap:anywhere;">{WebText.Cut(host.Key, 255)} ({Count(host.Count())})</h3>
            {Markup.Join(full)}{list}
            """);
    }

    private static Markup Footer(AlertLetter letter)
    {
        var whole = letter.Whole is { } url
            ? Markup.Of($"""{Markup.Anchor(url.AbsoluteUri, "This alert in your browser")}<br>""")
            : Markup.Empty;
        return Markup.Of($"""
            <p class="muted" style="margin:24px 0 0 0;font-size:12px;{HtmlStyles.Muted}">{whole}You get this mail because your address is a recipient of this project in LinkMonitor. A change is mailed only after it was confirmed.</p>

            """);
    }

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
