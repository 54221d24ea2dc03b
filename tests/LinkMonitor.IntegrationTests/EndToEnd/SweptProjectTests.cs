using System.Text.RegularExpressions;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>
/// A change, a settled link, a reminder, a digest and a link that becomes unstable, none of which has a message: storage that fails or
/// hangs for one of them stops no other, and a death at any storage call loses nothing.
/// </summary>
[TakesLong]
public sealed partial class SweptProjectTests : IDisposable
{
    private const int MoreCallsThanAreMade = 400;

    // In real time: whatever hangs by mistake, the test ends.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongerThanATelling = TimeSpan.FromMinutes(6);

    private readonly string _mails = Directory.CreateTempSubdirectory("swept-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Storage_that_fails_or_hangs_for_one_project_stops_no_other(bool hangs)
    {
        var trouble = new TroubleHook();
        await using var stage = await StageAsync(trouble);
        var wrong = new List<string>();
        var struck = 0;
        for (var victim = 0; victim < Bystanders.Recipients.Count; victim++)
        {
            // Which calls there are shows a run in which all goes well.
            await stage.ResetAsync();
            trouble.Watch(Bystanders.ProjectOf(victim));
            await stage.SweepAsync(null);
            Assert.Equal([1, 1, 1, 1, 1], stage.Counts());
            foreach (var call in trouble.Met)
            {
                await stage.ResetAsync();
                trouble.Arm(Bystanders.ProjectOf(victim), call, hangs);
                await stage.SweepAsync(Bystanders.ProjectOf(victim).Value, hangs ? trouble : null);
                var others = stage.Counts().Where((count, recipient) => recipient != victim && count != 1).ToList();
                if (others.Count > 0)
                    wrong.Add($"{victim} {call}: others have {string.Join(' ', stage.Counts())} mails");
                struck += trouble.HasStruck ? 1 : 0;
                trouble.Disarm();

                // What was left in the middle is free again, and the sweep finds it.
                await stage.RecoverAsync();
                if (stage.Counts()[victim] is not (1 or 2))
                    wrong.Add($"{victim} {call}: it has {stage.Counts()[victim]} mails itself");
                if (stage.Ids(victim) != 1)
                    wrong.Add($"{victim} {call}: its mails have {stage.Ids(victim)} ids");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(struck > 30, $"Only {struck} calls failed; the test does not test.");
    }

    [Fact]
    public async Task A_project_whose_turn_fails_is_listed_until_it_goes_well()
    {
        var trouble = new TroubleHook();
        await using var stage = await StageAsync(trouble);
        trouble.Arm(Bystanders.ProjectOf(0), ("Links", "QueryAsync"), hangs: false);

        await stage.SweepAsync(null);
        var listed = Assert.Single((await stage.Product.Get<ISetAsideStore>().ListAsync(10, null, Token)).Items);
        Assert.Contains(Bystanders.ProjectOf(0).Value, listed.Note.Name.Key, StringComparison.Ordinal);
        trouble.Disarm();
        await stage.SweepAsync(null);

        Assert.Empty((await stage.Product.Get<ISetAsideStore>().ListAsync(10, null, Token)).Items);
    }

    [Fact]
    public async Task What_a_clock_a_month_ahead_has_left_is_told_at_once_when_it_is_right_again()
    {
        var settings = ProductSettings.InMemory(
            new ManualTimeProvider(StorageSamples.Noon)) with
        {
            MailFolder = _mails,
            FlappingChanges = 2,
        };
        await using var product = await Product.StartAsync(settings, Token);
        var storage = new MemoryStorage(settings.Memory!);
        await new Bystanders(storage, settings.Clock.GetUtcNow().AddDays(30)).AddAsync(Token);
        var stage = new Stage(product, storage, () => { }, _mails);

        await stage.SweepAsync(null);
        await stage.RecoverAsync();

        // A reminder comes when its own day comes, and a digest when its period ends.
        Assert.Equal([1, 1, 0, 0, 1], stage.Counts());
    }

    [Theory]
    [InlineData("SweepAlerts")]
    [InlineData("SendAlerts")]
    public async Task A_death_at_any_storage_call_loses_nothing_and_doubles_only_what_was_being_sent(string function)
    {
        var crash = new CrashHook();
        await using var stage = await StageAsync(crash);
        var (doubled, deaths) = (0, 0);
        // The sweep only writes; what sends is outside of storage between its calls, too.
        var places = function == "SweepAlerts" ? CrashPlace.AfterFirst(MoreCallsThanAreMade) : CrashPlace.OfFirst(MoreCallsThanAreMade);
        foreach (var place in places)
        {
            await stage.ResetAsync();
            if (function == "SweepAlerts")
                crash.Arm(place.Call, place.AfterCall);
            await stage.TickAsync();
            if (function == "SendAlerts")
                crash.Arm(place.Call, place.AfterCall);
            await stage.DeliverAsync();
            var died = crash.HasStopped;
            crash.Disarm();
            if (!died)
                break;
            deaths++;
            await stage.RecoverAsync();

            var counts = stage.Counts();
            Assert.All(counts, count => Assert.InRange(count, 1, 2));
            Assert.All(Enumerable.Range(0, counts.Count), recipient => Assert.Equal(1, stage.Ids(recipient)));
            doubled += counts.Count(count => count == 2);
        }

        Assert.InRange(deaths, 20, places.Count - 1);
        Assert.True(
            doubled <= (function == "SweepAlerts" ? 0 : Bystanders.Recipients.Count), $"{doubled} mails came twice in {deaths} deaths.");
    }

    public void Dispose() => Directory.Delete(_mails, recursive: true);

    private async Task<Stage> StageAsync(StorageHook hook)
    {
        var settings = ProductSettings.InMemory(
            new ManualTimeProvider(StorageSamples.Noon.AddDays(2))) with
        {
            MailFolder = _mails,
            FlappingChanges = 2,
        };
        var product = await Product.StartAsync(settings.Through(hook), Token);

        // Once and for all: a key that is made anew in the middle is in no way of what is tried.
        await product.Get<ISigningKeyStore>().GetAsync(Token);
        var stage = new Stage(product, new MemoryStorage(settings.Memory!), settings.Memory!.Save(), _mails);
        await stage.ResetAsync();
        return stage;
    }

    private sealed partial class Stage(Product product, MemoryStorage storage, Action empty, string mails) : IAsyncDisposable
    {
        public Product Product => product;

        public async Task ResetAsync()
        {
            // Longer than any lease or rest that the time before has left in this process.
            product.Clock.Advance(TimeSpan.FromMinutes(2));
            empty();
            await new Bystanders(storage, product.Clock.GetUtcNow()).AddAsync(Token);
            foreach (var mail in Directory.GetFiles(mails))
                File.Delete(mail);
        }

        /// <param name="victim">Whose part may not end until the clock has moved; the others' must.</param>
        /// <param name="hanging">What hangs; the clock moves only when the sweep has found the others.</param>
        public async Task SweepAsync(string? victim, TroubleHook? hanging = null)
        {
            var sweep = TickAsync();
            await OutlastAsync(sweep, hanging, SweepTurns.TurnTime, hanging?.SentAsync(Bystanders.AllBut(victim), Token));
            await DeliverAsync(victim, hanging);
        }

        public Task TickAsync() => UntilDeathAsync(product.TickAsync("SweepAlerts", Token));

        public async Task DeliverAsync(string? victim = null, TroubleHook? hanging = null)
        {
            for (var round = 0; round < 3; round++)
            {
                List<string> messages = [];
                while (await TakeAsync() is { } message)
                    messages.Add(message);
                if (messages.Count == 0)
                    return;
                var runs = messages.ToLookup(message => victim is not null && message.Contains(victim, StringComparison.Ordinal), RunAsync);
                await Task.WhenAll(runs[false]).WaitAsync(Patience, Token);
                await OutlastAsync(Task.WhenAll(runs[true]), hanging, LongerThanATelling, null);
            }
        }

        /// <summary>Everything works again, and leases have run out.</summary>
        public async Task RecoverAsync()
        {
            for (var round = 0; round < 2; round++)
            {
                product.Clock.Advance(TimeSpan.FromMinutes(11));
                await TickAsync();
                await DeliverAsync();
            }
        }

        /// <summary>How many mails each recipient has.</summary>
        public IReadOnlyList<int> Counts() =>
            [.. Enumerable.Range(0, Bystanders.Recipients.Count).Select(recipient => MailsOf(recipient).Count)];

        /// <summary>How many different mails a recipient has.</summary>
        public int Ids(int recipient) => MailsOf(recipient).Select(mail => MessageId().Match(mail).Value).Distinct().Count();

        public ValueTask DisposeAsync() => product.DisposeAsync();

        private List<string> MailsOf(int recipient) =>
            [
                .. Directory.GetFiles(mails)
                .Select(File.ReadAllText)
                .Where(mail => mail.Contains($"To: {Bystanders.Recipients[recipient]}", StringComparison.Ordinal)),
            ];

        private async Task<string?> TakeAsync()
        {
            try
            {
                return await product.TakeAsync("SendAlerts", Token);
            }
            catch (Exception e) when (e is InvalidOperationException or StoppedException)
            {
                // There is none, or the process is dead.
                return null;
            }
        }

        // A message that fails is the host's business; the sweep finds what it was about.
        private async Task RunAsync(string message)
        {
            try
            {
                await product.RunAsync("SendAlerts", message, Token);
            }
            catch (Exception) when (!Token.IsCancellationRequested)
            {
            }
        }

        /// <summary>Moves the clock whenever the work hangs, until it gives up.</summary>
        /// <param name="first">What must be done before the clock moves; null for nothing.</param>
        private async Task OutlastAsync(Task work, TroubleHook? hanging, TimeSpan patience, Task? first)
        {
            while (hanging is not null && !work.IsCompleted)
            {
                var hang = hanging.NextHangAsync(Token);
                await Task.WhenAny(work, hang).WaitAsync(Patience, Token);
                if (hang.IsCompleted)
                    hanging.TakeHang();
                if (first is not null)
                    await Task.WhenAny(work, first).WaitAsync(Patience, Token);
                if (!work.IsCompleted)
                    product.Clock.Advance(patience);
            }

            await work.WaitAsync(Patience, Token);
        }

        private static async Task UntilDeathAsync(Task work)
        {
            try
            {
                await work;
            }
            catch (StoppedException)
            {
                // The process is dead.
            }
        }

        [GeneratedRegex(@"^Message-ID: .*$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
        private static partial Regex MessageId();
    }
}
