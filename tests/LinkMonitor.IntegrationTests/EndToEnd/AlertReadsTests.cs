using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>What is told to many is read once: counted at the storage.</summary>
public sealed class AlertReadsTests
{
    private const int Links = 7;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_to_50_recipients_reads_the_links_as_often_as_a_mail_to_one()
    {
        var one = await ReadsOfChangesAsync(recipients: 1);
        var many = await ReadsOfChangesAsync(recipients: 50);

        Assert.Equal(one, many);
    }

    [Fact]
    public async Task Digests_of_50_channels_read_the_project_as_often_as_that_of_one()
    {
        var one = await ReadsOfDigestsAsync(channels: 1);
        var many = await ReadsOfDigestsAsync(channels: 50);

        Assert.Equal(one.Rows, many.Rows);
        // Fifty alerts are planned in two steps, each of which reads the outbox.
        Assert.InRange(many.Lists, one.Lists, one.Lists + 1);
    }

    private static async Task<(int Lists, int Rows)> ReadsOfChangesAsync(int recipients)
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var mails = Directory.CreateTempSubdirectory("mail-to-many");
        var count = new CountHook();
        var settings = ProductSettings.InMemory() with { MailFolder = mails.FullName };
        await using var product = await Product.StartAsync(settings.Through(count), Token);
        var addresses = Enumerable.Range(0, recipients).Select(n => $"reader{n}@example.org");
        var told = new { name = "Many", recipients = addresses };
        var project = await ToldProject.StartAsync(product, new WatchedBlog(web), Links, told, Token);
        await project.ConfirmAsync("", Token);
        count.Clear();

        await project.TellAsync(Token);

        Assert.Equal(recipients, mails.GetFiles("*.eml").Length);
        mails.Delete(true);
        return (count.Of(TableNames.Links, nameof(ITable.QueryAsync)), count.Of(TableNames.Links, nameof(ITable.GetAsync)));
    }

    private static async Task<(int Lists, int Rows)> ReadsOfDigestsAsync(int channels)
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var mails = Directory.CreateTempSubdirectory("digests-of-many");
        var count = new CountHook();
        var settings = ProductSettings.InMemory() with { MailFolder = mails.FullName };
        await using var product = await Product.StartAsync(settings.Through(count), Token);
        var project = await ToldProject.StartAsync(product, new WatchedBlog(web), Links, new { name = "Many" }, Token);
        for (var n = 0; n < channels; n++)
        {
            var digest = new { every = "weekly", day = "monday", at = "07:00" };
            await project.AddChannelAsync(new { kind = "email", address = $"reader{n}@example.org", otherwise = "digest", digest }, Token);
        }

        await project.TellAsync(Token);
        await project.ConfirmAsync("", Token);
        product.Clock.Advance(TimeSpan.FromDays(7));
        count.Clear();

        await project.TellAsync(Token);

        Assert.Equal(channels, mails.GetFiles("*.eml").Length);
        mails.Delete(true);
        return (count.Of(TableNames.Links, nameof(ITable.QueryAsync)), count.Of(TableNames.Links, nameof(ITable.GetAsync)));
    }
}
