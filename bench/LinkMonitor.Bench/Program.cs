using System.Globalization;
using AngleSharp.Html.Parser;
using LinkMonitor.Bench;
using LinkMonitor.Bench.Pages;
using LinkMonitor.Engine.Reading;

if (args is ["digest"])
{
    await DigestMemory.RunAsync();
    return;
}

if (args is ["lists"])
{
    await LinkListTimes.RunAsync();
    return;
}

if (args is ["out", var connection, var linkCount])
{
    await OutTimes.RunAsync(connection, int.Parse(linkCount, CultureInfo.InvariantCulture));
    return;
}

if (args is ["schedule", .. var stored])
{
    await ScheduleTimes.RunAsync(stored is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 200_000);
    return;
}

if (args is ["start", .. var starts])
{
    await StartTimes.RunAsync(starts is [var often] ? int.Parse(often, CultureInfo.InvariantCulture) : 7);
    return;
}

if (args is ["pages", .. var rounds])
{
    await PageBench.RunAsync(rounds is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 5);
    return;
}

if (args is ["pages-web", var address])
{
    await PageWeb.RunAsync(address);
    return;
}

if (args is ["pages-run", var way, var root, var pages, var atATime, var passes])
{
    await PageRun.RunAsync(way, root, Number(pages), Number(atATime), Number(passes));
    return;

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

// Ratios, never times: both sides run in turns in one process, so that whatever else the machine does weighs on both alike.
var parser = new HtmlParser();
Console.WriteLine(
    $"{"page",-12} {"size",8} {"links",8} {"time",7} {"allocated",10}   (ours divided by a plain AngleSharp parse of the same bytes)");
foreach (var (name, response) in SamplePages.All)
{
    var body = response.Body.ToArray();
    var links = PageReader.Read(response, CancellationToken.None)?.Links.Count;
    var ratio = Duel.Run(() => PageReader.Read(response, CancellationToken.None), () => parser.ParseDocument(new MemoryStream(body)));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name,-12} {body.Length / 1024,5} KiB {links,8} {ratio.Time,7:F2} {ratio.Allocated,10:F2}"));
}
