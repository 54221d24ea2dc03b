using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.Bench.Pages;

/// <summary>
/// A web of a thousand pages, made up, in a process of its own so that its cost is nobody's: <c>/p/{n}</c> is the same with each answer,
/// <c>/noise/{n}</c> has nonces, times, comments and scripts that never are, and <c>/hostile/{name}</c> is one of
/// <see cref="HostilePages"/>.
/// </summary>
internal static class PageWeb
{
    private const int Kept = 1_000;
    private static readonly byte[]?[] Pages = new byte[Kept][];

    public static async Task RunAsync(string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url).ConfigureKestrel(static kestrel => kestrel.AllowSynchronousIO = true);
        builder.Services.AddRouting();
        await using var app = builder.Build();
        app.MapGet("/robots.txt", static () => Results.NotFound());
        app.MapGet("/p/{number:int}", static (int number) => Answer(Pages[number % Kept] ??= Encoding.UTF8.GetBytes(Page(number))));
        app.MapGet(
            "/noise/{number:int}", static (int number) => Answer(WithNoise(Pages[number % Kept] ??= Encoding.UTF8.GetBytes(Page(number)))));
        app.MapGet("/hostile/{name}", static (string name) => Answer(HostilePages.Make(name)));
        await app.RunAsync();
    }

    private static IResult Answer(byte[] body) => Results.Bytes(body, "text/html; charset=utf-8");

    /// <summary>Some 190 KB, as articles of magazines have: a head of links and scripts, menus, text, a list of comments, a foot.</summary>
    private static string Page(int number)
    {
        var random = new Random(number);
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Article ").Append(
            number)
            .Append(" – A magazine</title>\n<!-- cached @noise@ -->\n<meta name=\"csrf-token\" content=\"@noise@\">\n")
            .Append("<link rel=\"next\" href=\"?page=2\">\n");
        for (var i = 0; i < 40; i++)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<link rel=\"stylesheet\" id=\"style-{i}-css\" href=\"/assets/style-{i}.css?ver=6.{i}\" media=\"all\">\n");
        for (var i = 0; i < 30; i++)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<script nonce=\"@noise@\">window.settings{i}={{\"token\":\"@noise@\",\"values\":[{Numbers(random, 120)}]}};</script>\n");
        html.Append("<style>").Append(
            string.Concat(Enumerable.Range(0, 400).Select(i => $".block-{i} {{ margin: {i}px auto; color: #333; }}\n")))
            .Append("</style>\n</head>\n<body class=\"home page wide\">\n<header><nav><ul class=\"menu\">\n");
        for (var i = 0; i < 120; i++)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<li class=\"menu-item menu-item-{i}\"><a href=\"/section/{i}/?from=menu&amp;n={i}\" class=\"menu-link\">Section "
                    + $"{i}</a></li>\n");
        html.Append("</ul></nav></header>\n<main><article class=\"post\">\n<h1>Article ")
            .Append(number)
            .Append("</h1>\n<p class=\"date\">Read at 2026-11-29 @time@</p>\n");
        if (number % 2 == 0)
            AddText(html, random);
        else
            AddCards(html, random);

        html.Append("<p>At last, <a href=\"https://shop.example.com/lamps/")
            .Append(number)
            .Append("\">lamps</a> of all kinds.</p>\n</article></main>\n<section class=\"comments\">\n");
        for (var i = 0; i < 150; i++)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<div class=\"comment\" id=\"comment-{i}\"><div class=\"meta\"><span class=\"who\">Reader {i}</span> "
                    + $"<time>12:{i % 60:00}</time></div><div class=\"body\"><p>{Words(random, 30)}</p></div></div>\n");
        return html.Append(
            "<form action=/search><input type=\"hidden\" name=\"t\" value=\"@noise@\"><input name=q><button>Go</button></form></section>\n")
            .Append("<footer><p>Made in 0.@time@ seconds</p></footer>\n<!-- @noise@ -->\n</body>\n</html>\n").ToString();
    }

    private static void AddText(StringBuilder html, Random random)
    {
        for (var i = 0; i < 90; i++)
        {
            html.Append("<p class=\"text\">").Append(Words(random, 70)).Append("<a href=\"https://site-").Append(random.Next(500))
                .Append(".example/a/")
                .Append(i)
                .Append("?utm_source=x\" rel=\"noopener\">")
                .Append(Words(random, 3))
                .Append("</a> ")
                .Append(Words(random, 20)).Append("</p>\n");
            html.Append("<figure class=\"wp-block-image\"><img src=\"/media/").Append(i).Append(".jpg\" srcset=\"/media/").Append(i)
                .Append("-300.jpg 300w, /media/").Append(i).Append("-768.jpg 768w\" alt=\"A picture\" loading=\"lazy\"></figure>\n");
        }
    }

    /// <summary>What shops and portals show: boxes in boxes, with long lists of classes, icons and data for scripts.</summary>
    private static void AddCards(StringBuilder html, Random random)
    {
        for (var i = 0; i < 60; i++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"grid__item col-6 col-md-4\" data-id=\"{random.Next(1_000_000)}\">")
                .Append("<div class=\"card card--product\"><div class=\"card__media\"><a class=\"card__link\" href=\"/products/")
                .Append(i).Append("?variant=").Append(random.Next(1_000_000)).Append("\" data-track=\"click\"><picture>")
                .Append("<source media=\"(min-width: 750px)\" srcset=\"/cdn/").Append(i).Append(".webp\" type=\"image/webp\">")
                .Append("<img class=\"card__image\" src=\"/cdn/")
                .Append(i)
                .Append(".jpg\" alt=\"A lamp\" width=\"300\" height=\"300\"></picture>")
                .Append("</a></div><div class=\"card__body\"><h3 class=\"card__title\"><a href=\"/products/").Append(i).Append("\">")
                .Append(Words(random, 5)).Append("</a></h3><div class=\"rating\" aria-label=\"4 of 5\">");
            for (var star = 0; star < 5; star++)
                html.Append(
                    "<svg class=\"icon icon-star\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"M10 1l3 6 6 1-4 4 1 "
                        + "6-6-3\"/></svg>");
            html.Append("</div><ul class=\"badges\"><li class=\"badge\">New</li><li class=\"badge badge--sale\">Sale</li></ul>")
                .Append("<div class=\"price\"><span class=\"price__old\"><s>")
                .Append(random.Next(100))
                .Append("</s></span> <span class=\"price__now\">")
                .Append(random.Next(100))
                .Append("</span></div><button type=\"button\" class=\"button\" data-action=\"add\"><span>Add</span></button>")
                .Append("</div></div></div>\n");
        }
    }

    private static byte[] WithNoise(byte[] page)
    {
        var noisy = (byte[])page.Clone();
        Span<byte> noise = stackalloc byte[7];
        for (var at = noisy.AsSpan().IndexOf("@noise@"u8); at >= 0;)
        {
            for (var i = 0; i < noise.Length; i++)
                noise[i] = (byte)('a' + Random.Shared.Next(26));
            noise.CopyTo(noisy.AsSpan(at));
            var next = noisy.AsSpan(at).IndexOf("@noise@"u8);
            at = next < 0 ? -1 : at + next;
        }

        for (var at = noisy.AsSpan().IndexOf("@time@"u8); at >= 0; at = noisy.AsSpan().IndexOf("@time@"u8))
            Encoding.ASCII.GetBytes(Random.Shared.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture)).CopyTo(noisy.AsSpan(at));
        return noisy;
    }

    private static string Numbers(Random random, int count) =>
        string.Join(',', Enumerable.Range(0, count).Select(_ => random.Next(100_000)));

    private static string Words(Random random, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => new string((char)('a' + random.Next(26)), 1 + random.Next(9))));
}
