using System.Text;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>Which column is the page and which the target: by names and by contents, and where these leave a doubt it is told.</summary>
public sealed class ColumnGuessTests
{
    private static string Many(Func<int, string> row) => string.Concat(Enumerable.Range(1, 8).Select(n => row(n) + "\n"));

    [Theory]
    [InlineData("Source url,Target url", Certainty.Certain)]
    [InlineData("SOURCE_URL,TARGET_URL", Certainty.Certain)]
    [InlineData("Backlink,Landing page", Certainty.Likely)]
    [InlineData("Overwritten by hand,Target url", Certainty.Likely)]
    [InlineData("https://docs.example/d/1,Target url", Certainty.Likely)]
    [InlineData("Verlinkende Seite,Ziel-URL", Certainty.Certain)]
    [InlineData("ページ,ターゲット", Certainty.Likely)]
    [InlineData("Ours once,Theirs once", Certainty.Likely)]
    public void The_page_is_on_many_sites_and_the_target_on_one(string header, Certainty certainty)
    {
        var table = Assert.Single(ReadFile.Open(header + "\n" + Many(n => $"https://site{n}.example/a,https://example.org/{n}")).Tables);

        Assert.Equal((0, 1, certainty), (table.Columns.Page, table.Columns.Target, table.Columns.Certainty));
    }

    [Fact]
    public void A_row_whose_anchor_is_the_name_of_a_column_is_no_header() =>
        Assert.Throws<UnreadableFileException>(() => ReadFile.Open(Many(n => $"https://site{n}.example/a,Target url")).Single());

    [Fact]
    public void A_name_that_means_either_is_settled_by_what_stands_below_it()
    {
        var asTarget = Assert.Single(ReadFile.Open(
            "Backlink,Referring page\n" + Many(n => $"https://example.org/{n},https://site{n}.example/a")).Tables).Columns;
        var asPage = Assert.Single(ReadFile.Open(
            "Backlink,Target\n" + Many(n => $"https://site{n}.example/a,https://example.org/{n}")).Tables).Columns;

        Assert.Equal((1, 0), (asTarget.Page, asTarget.Target));
        Assert.Equal((0, 1), (asPage.Page, asPage.Target));
    }

    [Theory]
    [InlineData("Source url,Target url\n", "http://example.org/1,http://site1.test/a", "http://example.org/2,http://site2.test/a")]
    [InlineData("", "http://example.org/1,http://site1.test/a", "http://example.org/2,http://site2.test/a")]
    [InlineData("Source url,Target url\n", "http://example.org/1,http://www.example.org/2")]
    [InlineData("Source url,Target url\n", "http://example.org/1,http://example.org/2", "http://example.org/3,http://example.org/4")]
    public void Few_links_that_go_out_from_ones_own_site_or_stay_on_it_are_a_doubt_too(string header, params string[] rows)
    {
        var text = header + string.Join('\n', rows) + "\n";

        Assert.Equal(Certainty.Doubtful, Assert.Single(ReadFile.Open(text).Tables).Columns.Certainty);
        Assert.Equal(WantedWord.Columns, Assert.Throws<UnreadableFileException>(() => ReadFile.Open(text).Single()).Asks);
    }

    [Theory]
    [InlineData("Source url,Target url\n", "http://site1.test/a,http://example.org/1")]
    [InlineData("Source url,Target url\n", "http://site1.test/a,http://example.org/1", "http://site1.test/b,http://example.org/2")]
    [InlineData("Source url,Target url\n", "http://site1.test/a,http://example.org/1", "http://site2.test/b,http://example.net/2")]
    [InlineData("page,target\n", "http://example.org/1,http://site1.test/a", "http://example.org/2,http://site2.test/a")]
    [InlineData("page,target\n", "http://example.org/1,http://example.org/2")]
    public void Few_links_that_may_come_in_are_read(string header, params string[] rows) =>
        Assert.Equal(
            rows.Length,
            ReadFile.Open(header + string.Join('\n', rows) + "\n").Single().Rows(TestContext.Current.CancellationToken).Count());

    [Theory]
    [InlineData("One,Two\n", "https://site{0}.example/a,https://other{0}.example/")]
    [InlineData("Source url,Target url\n", "https://example.org/{0},https://site{0}.example/a")]
    [InlineData("Source url,Left,Right\n", "https://site{0}.example/a,https://example.org/{0},https://example.net/{0}")]
    [InlineData("Thing,Score,Words\n", "https://site{0}.example/a,{0},word")]
    [InlineData("Site name,Words\n", "https://site{0}.example/a,word")]
    public void What_allows_two_readings_is_a_doubt_and_nothing_is_read_until_somebody_settles_it(string header, string row)
    {
        var text = header + Many(n => row.Replace("{0}", $"{n}", StringComparison.Ordinal));
        var columns = Assert.Single(ReadFile.Open(text).Tables).Columns;

        Assert.Equal(Certainty.Doubtful, columns.Certainty);
        Assert.NotEmpty(columns.Why);
        var refused = Assert.Throws<UnreadableFileException>(() => ReadFile.Open(text).Single());
        Assert.Equal(WantedWord.Columns, refused.Asks);
        var settled = ReadFile.Open(text, new RowDefaults(columns.Target is null ? "example.org" : null, null)
        {
            Columns = new Dictionary<string, ColumnRole> { [columns.Header[columns.Page]] = ColumnRole.Page },
        });
        Assert.Equal(8, settled.Single().Rows(TestContext.Current.CancellationToken).Count());
    }

    [Fact]
    public void A_guess_is_changed_by_the_name_or_the_number_of_a_column()
    {
        var text = "Left,Right,Words\n" + Many(n => $"https://site{n}.example/a,https://other{n}.example/,w{n}");

        var rows = ReadFile.Open(text, RowDefaults.None with
        {
            Columns =
                new Dictionary<string, ColumnRole> { ["right"] = ColumnRole.Page, ["1"] = ColumnRole.Target, ["3"] = ColumnRole.Anchor },
        }).Single().Rows(TestContext.Current.CancellationToken).Cast<LinkFileRow>().ToList();

        Assert.Equal(("https://other1.example/", "https://site1.example/a", "w1"),
            (rows[0].Page.Href, rows[0].Expectation.Target.Href, rows[0].Expectation.Anchor.Value));
        Assert.Throws<UnreadableFileException>(() => ReadFile.Open(text, RowDefaults.None with
        {
            Columns = new Dictionary<string, ColumnRole> { ["Nowhere"] = ColumnRole.Page },
        }));
    }

    [Theory]
    [InlineData("Target,Target type,Backlinks\nexample.org,root_domain,12\n", "comparison")]
    [InlineData("Source title,Source url,Response code,Backlinks\nOurs,https://example.org/a,200,12\n", "indexed pages")]
    [InlineData("Page ascore,Source title,Source url,Domains,Backlinks\n1,T,https://example.org/a,3,12\n", "indexed pages")]
    [InlineData("Referring page title,Referring page URL,Intersect,example.net/\nT,https://a.example/,2,1\n", "link intersect")]
    [InlineData("Sitio,Páginas de enlace,Páginas de destino\nexample.net,3,1\nexample.com,\"1,240\",12\n", "'page' is missing")]
    [InlineData("Página principal,Enlaces entrantes\nhttps://example.org/a,12\nhttps://example.org/b,7\n", "'page' is missing")]
    [InlineData("Domain,Linked domains,DR\nexample.net,12,30\n", "list of domains")]
    [InlineData("Anchor,Backlinks Count\nhello,3\n", "Bing")]
    [InlineData("Name,Street\nJo,Main\n", "'page' is missing")]
    [InlineData("Page,Clicks,Impressions\nhttps://example.org/a,12,100\n", "totals")]
    public void What_only_looks_like_a_list_of_links_is_refused_by_what_it_is(string text, string what) =>
        Assert.Contains(what, Assert.Throws<UnreadableFileException>(() => ReadFile.Open(text).Single()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("false", false)]
    [InlineData("FALSE", false)]
    [InlineData("Falsch", false)]
    [InlineData("FAUX", false)]
    [InlineData("ЛОЖЬ", false)]
    [InlineData("", false)]
    [InlineData("null", false)]
    [InlineData("TRUE", true)]
    [InlineData("WAHR", true)]
    [InlineData("VRAI", true)]
    [InlineData("2026-05-05 11:57:32", true)]
    public void A_link_that_the_tool_found_gone_is_known_in_every_spelling(string cell, bool isLost)
    {
        var row = Assert.IsType<LinkFileRow>(Assert.Single(ReadFile.Rows(
            $"Source url,Target url,Lost link\nhttps://a.example/,https://example.org/,{cell}\n")));

        Assert.Equal(isLost, row.Text.WasLost);
    }

    [Theory]
    [InlineData("Status", "Live", "Lost")]
    [InlineData("Link State", "active", "REMOVED")]
    [InlineData("Zustand", "gefunden", "verloren")]
    [InlineData("Day Lost", "", "2019-05-05")]
    [InlineData("Reason lost", "-", "Deleted")]
    [InlineData("Lost", "live", "2019-05-05")]
    public void What_a_tool_says_in_a_word_counts_too(string header, string there, string gone)
    {
        var rows = ReadFile.Rows($"Source url,Target url,{header}\n"
            + $"https://a.example/,https://example.org/,{there}\nhttps://b.example/,https://example.org/,{gone}\n");

        Assert.Equal([false, true], rows.Cast<LinkFileRow>().Select(row => row.Text.WasLost));
    }

    [Fact]
    public void Of_a_column_of_states_only_the_words_for_a_loss_count()
    {
        var rows = ReadFile.Rows("Source url,Target url,Status\n"
            + "https://a.example/,https://example.org/,Paid\nhttps://b.example/,https://example.org/,lost\n"
            + "https://c.example/,https://example.org/,404\n");

        Assert.Equal([false, true, false], rows.Cast<LinkFileRow>().Select(row => row.Text.WasLost));
    }

    [Theory]
    [InlineData("https://a.example/1 https://example.org/\nhttps://b.example/2 https://example.org/\n")]
    [InlineData("https://a.example/1 -> http://example.org/\n")]
    public void Two_addresses_in_one_cell_are_no_page(string text) => Assert.Contains(
        "Two addresses", Assert.Throws<UnreadableFileException>(() => ReadFile.Open(text).Single()).Message, StringComparison.Ordinal);

    [Fact]
    public void An_address_within_an_address_is_one()
    {
        var rows = ReadFile.Rows("page,target\nhttps://archive.example/web/2020/https://a.example/,https://example.org/\n"
            + "https://a.example/ https://b.example/,https://example.org/\n");

        Assert.Equal(["2 https://archive.example/web/2020/https://a.example/ https://example.org/", "3 bad"], rows.Select(ReadFile.Short));
    }

    [Theory]
    [InlineData("\"=HYPERLINK(\"\"http://evil.example\"\";\"\"x\"\")\"", "x")]
    [InlineData("\"=HYPERLINK(\"\"http://evil.example\"\", \"\"say \"\"\"\"x\"\"\"\"\"\")\"", "say \"x\"")]
    [InlineData("\"=HYPERLINK(\"\"mailto:a@evil.example\"\",\"\"x\"\")\"", "x")]
    [InlineData("\"=HYPERLINK(\"\"http://evil.example\"\")\"", "http://evil.example")]
    [InlineData("\"=HYPERLINK(\"\"http://evil.example\"\",A1)\"", "=HYPERLINK(\"http://evil.example\",A1)")]
    [InlineData("\"=\"\"our shop\"\"\"", "our shop")]
    [InlineData("=SUM(1)", "=SUM(1)")]
    public void A_formula_is_what_it_shows_where_no_address_is_wanted(string cell, string anchor) =>
        Assert.Equal(anchor, Assert.IsType<LinkFileRow>(Assert.Single(ReadFile.Rows(
            $"page,target,anchor\nhttps://a.example/p,https://example.org/,{cell}\n"))).Expectation.Anchor.Value);

    [Theory]
    [InlineData("\"=\"\"https://a.example/p\"\"\"")]
    [InlineData("\"=HYPERLINK(\"\"https://a.example/p\"\",B7)\"")]
    [InlineData("\"=hyperlink( \"\"https://a.example/p\"\" ; \"\"Read it\"\")\"")]
    public void A_formula_in_a_column_of_addresses_is_its_address(string cell) =>
        Assert.Equal("https://a.example/p", Assert.IsType<LinkFileRow>(Assert.Single(ReadFile.Rows(
            $"page,target\n{cell},https://example.org/\n"))).Page.Href);

    [Fact]
    public void A_formula_that_makes_a_link_counts_for_its_address_also_in_a_text() => Assert.Equal(
        "2 https://a.example/p https://example.org/", ReadFile.Short(Assert.Single(ReadFile.Rows(
            "Source url,Target url\n\"=HYPERLINK(\"\"https://a.example/p\"\",\"\"A\"\")\",https://example.org/\n"))));

    [Fact]
    public void An_empty_column_with_the_name_of_the_target_gives_way_to_one_with_addresses()
    {
        var columns = Assert.Single(ReadFile.Open(
            "Type,Source,Destination,Target\n" + Many(n => $"Hyperlink,https://site{n}.example/,https://example.org/,")).Tables).Columns;

        Assert.Equal((1, 2), (columns.Page, columns.Target));
    }

    [Fact]
    public void Links_within_one_site_are_a_doubt() => Assert.Equal(Certainty.Doubtful, Assert.Single(ReadFile.Open(
        "Source,Destination\n" + Many(n => $"https://example.org/{n},https://www.example.org/")).Tables).Columns.Certainty);

    /// <summary>Hosts that are next to each other are two sites, however their names end; those below another are its.</summary>
    [Theory]
    [InlineData("https://a.wordpress.com/{0}", "https://b.wordpress.com/", Certainty.Certain)]
    [InlineData("https://x.github.io/{0}", "https://y.github.io/", Certainty.Certain)]
    [InlineData("https://blog{0}.co.uk/", "https://shop.co.uk/", Certainty.Certain)]
    [InlineData("https://blog.example.org/{0}", "https://www.example.org/", Certainty.Doubtful)]
    [InlineData("https://example.org/{0}", "https://blog.example.org/", Certainty.Doubtful)]
    [InlineData("https://example.org./{0}", "https://www.example.org/", Certainty.Doubtful)]
    [InlineData("https://192.0.2.1/{0}", "https://192.0.2.1/x", Certainty.Doubtful)]
    [InlineData("https://198.51.100.1/{0}", "https://192.0.100.1/x", Certainty.Certain)]
    public void Links_within_one_site_are_told_by_hosts(string page, string target, Certainty certainty) => Assert.Equal(
        certainty, Assert.Single(ReadFile.Open("Source,Destination\n" + Many(
            n => $"{page.Replace("{0}", $"{n}", StringComparison.Ordinal)},{target}")).Tables).Columns.Certainty);

    [Theory]
    [InlineData("https://shop.example.org/1", "https://www.example.org/2", Certainty.Doubtful)]
    [InlineData("https://a.wordpress.com/1", "https://b.wordpress.com/2", Certainty.Certain)]
    public void Links_that_go_out_from_several_hosts_of_ones_own_site_are_a_doubt(string one, string other, Certainty certainty) =>
        Assert.Equal(certainty, Assert.Single(ReadFile.Open(
            "Source,Destination\n" + Many(n => $"{(n % 2 == 0 ? one : other)},https://site{n}.example/")).Tables).Columns.Certainty);

    /// <summary>As other tools and people write them, also without their accents, as programs on the way leave them.</summary>
    [Theory]
    [InlineData("Linking From,Linking To,Link Status")]
    [InlineData("Opportunity URL,Placement URL,Landing Page URL", 1, 2)]
    [InlineData("Página de origen,Página de destino,Ancla")]
    [InlineData("Pagina de origen,Pagina de destino,Ancla")]
    [InlineData("Página que enlaza,Página enlazada,Ancla")]
    [InlineData("Page référente,Page de destination,Ancre")]
    [InlineData("Page referente,Page cible,Ancre")]
    [InlineData("Linkgeber,Linkziel,Linktext")]
    [InlineData("Verweisende Seite,Verlinkte Seite,Linktext")]
    [InlineData("リンク元URL,リンク先URL,アンカーテキスト")]
    [InlineData("Pagina di origine,URL di destinazione,Testo")]
    [InlineData("Página de origem,Página de destino,Texto")]
    [InlineData("Bronpagina,Doelpagina,Tekst")]
    [InlineData("URL донора,URL акцептора,Анкор")]
    [InlineData("Strona linkująca,Strona docelowa,Tekst")]
    [InlineData("来源网址,目标URL,锚文本")]
    public void Heads_in_other_languages_are_known(string header, int page = 0, int target = 1)
    {
        var places = header.Split(',').Select((_, at) => at == page ? "https://a.example/1" : at == target ? "https://example.org/"
            : at < page ? "https://a.example/" : "word");
        var columns = Assert.Single(ReadFile.Open($"{header}\n{string.Join(',', places)}\n").Tables).Columns;

        Assert.Equal((page, target, Certainty.Certain), (columns.Page, columns.Target, columns.Certainty));
    }

    /// <summary>Nobody has seen these: two rows of addresses are not enough to say which is which.</summary>
    [Theory]
    [InlineData("Where,What,Money")]
    [InlineData("Publisher article,Our money site,Live?")]
    [InlineData("Artikel von Partnern,Kampagne,Wert")]
    public void Heads_that_were_never_seen_are_a_doubt(string header) => Assert.Equal(
        Certainty.Doubtful,
        Assert.Single(ReadFile.Open(
            header + "\nhttps://a.example/1,https://example.org/,7\nhttps://b.example/1,https://example.org/x,8\n").Tables)
            .Columns.Certainty);

    [Theory]
    [InlineData("Source url,Target url,Frame,Form", "false,false", "true,false", "false,true")]
    [InlineData("Source URL,Target URL,FlagNoFollow,FlagMention", "+,-", "-,+", "-,+")]
    [InlineData("Referring page URL,Target URL,Type,Content", "text,true", "redirect,true", "Canonical,false")]
    public void What_the_tool_saw_otherwise_than_as_an_anchor_is_told_apart(string header, params string[] cells)
    {
        var rows = ReadFile.Rows(header + "\n" + string.Concat(
            cells.Select((cell, at) => $"https://site{at}.example/,https://example.org/,{cell}\n")));

        Assert.Equal([false, true, true], rows.Cast<LinkFileRow>().Select(row => row.Text.IsOtherKind));
        Assert.True(KindWords.SayNoAnchor("Frame"));
    }

    [Fact]
    public void A_link_that_only_scripts_make_is_told_apart()
    {
        var rows = ReadFile.Rows("Referring page URL,Target URL,Rendered,Raw\nhttps://a.example/,https://example.org/,true,false\n"
            + "https://b.example/,https://example.org/,true,true\nhttps://c.example/,https://example.org/,false,true\n");

        Assert.Equal([true, false, false], rows.Cast<LinkFileRow>().Select(row => row.Text.IsByScript));
    }

    [Fact]
    public void A_preamble_in_quotation_marks_and_a_name_over_two_lines_hide_no_header()
    {
        var rows = ReadFile.Rows(
            "Report\n\"Links, all of them\"\n\n\"Source\nurl\",Target url,\"Note\"\nhttps://a.example/,https://example.org/,x\n");

        Assert.Equal("6 https://a.example/ https://example.org/", ReadFile.Short(Assert.Single(rows)));
    }

    [Theory]
    [InlineData("Target,example.org\n")]
    [InlineData("Page,1\n")]
    [InlineData("Source,Some tool\nTarget,example.org\n")]
    public void Words_above_the_table_are_not_its_header(string above)
    {
        var rows = ReadFile.Rows(above + "\nReferring page URL,Target URL\nhttps://a.example/1,https://example.org/\n"
            + "https://b.example/2,https://example.org/\n");

        Assert.Equal(["https://a.example/1", "https://b.example/2"], rows.Cast<LinkFileRow>().Select(row => row.Page.Href));
    }

    [Theory]
    [InlineData("Semrush", "Page ascore,Source title,Source url,Target url,External links,Internal links")]
    [InlineData("Semrush", "My list,Source title,Source url,Target url,External links,Internal links,Lost link")]
    [InlineData("Ahrefs", "Referring page title,Referring page URL,Domain rating,Target URL")]
    [InlineData("Majestic", "Target URL,Source URL,SourceCitationFlow,SourceTrustFlow")]
    [InlineData("Bing Webmaster Tools", "Source Url,Anchor text,Target Url")]
    [InlineData("Moz", "URL,Spam Score,PA,DA,Target URL")]
    [InlineData("Ubersuggest", "Source Page Title,Source Page URL,Target URL,Spam Score,Page Authority,Domain Authority")]
    [InlineData("Semrush", "Toxic score,Source url,Anchor text,Target url")]
    [InlineData("SE Ranking", "Referring page,Destination URL,Domain Trust,Page Trust")]
    [InlineData("DataForSEO", "domain_from,url_from,domain_to,url_to")]
    [InlineData("Screaming Frog", "Source,Destination,Path Type,Link Position")]
    [InlineData(null, "URL from,URL to,Anchor")]
    [InlineData(null, "Source Url,Anchor text,Target Url,Colour")]
    [InlineData(null, "page,target,rel")]
    [InlineData(null, "page,target")]
    [InlineData("LinkMonitor", "page,target,rel,costPeriod,mutedUntil,foundRel,linkId")]
    [InlineData(null, "Source Title,Source Url,Target Url,Type,Domain Authority,Page Authority,Spam Score")]
    [InlineData(null, "Source url,Target url,Colour")]
    public void The_tool_is_known_by_the_names_of_its_columns(string? vendor, string header)
    {
        var cells = header.Split(',').Select(name => name.ToLowerInvariant() switch
        {
            "source url" or "referring page url" or "page" or "url" or "source page url" or "referring page" or "url_from" or "url from"
                or "source" => "https://a.example/",
            "target url" or "target" or "destination url" or "destination" or "url_to" or "url to" => "https://example.org/",
            "rel" => "follow",
            _ => "1",
        });
        var table = Assert.Single(ReadFile.Open($"{header}\n{string.Join(',', cells)}\n").Tables);

        Assert.Equal(vendor, table.Columns.Vendor);
    }

    [Fact]
    public void A_text_in_UTF_16_with_tabs_and_line_breaks_in_quotation_marks_is_read()
    {
        var text =
            "\"Referring page URL\"\t\"Target URL\"\t\"Anchor\"\r\n\"https://a.example/\"\t\"https://example.org/\"\t\"two\r\nlines\"\r\n"
            + "\"https://b.example/\"\t\"https://example.org/\"\t\"one\"\r\n";

        var rows = ReadFile.Open([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]).Single()
            .Rows(TestContext.Current.CancellationToken).ToList();

        Assert.Equal(["2 https://a.example/ https://example.org/", "4 https://b.example/ https://example.org/"],
            rows.Select(ReadFile.Short));
    }

    [Fact]
    public void All_chosen_columns_that_the_file_does_not_have_are_named_at_once()
    {
        var columns = new LinkColumns { Header = ["page", "target"], Roles = [ColumnRole.Page, ColumnRole.Target] };

        var refused = Assert.Throws<UnreadableFileException>(() => columns.With(
            new Dictionary<string, ColumnRole> { ["9"] = ColumnRole.Page, ["Nope"] = ColumnRole.Target, ["2"] = ColumnRole.Tags }));

        Assert.Equal("There is no column '9' and no column 'Nope'. The file has: page, target.", refused.Message);
    }

    [Theory]
    [InlineData("Source url,Target url,Target url\n", "https://a.example/{0},https://rival.example/,https://example.org/", "'Target url'")]
    [InlineData("Source url,Source_URL,Target url\n", "https://a.example/{0},https://b.example/{0},https://example.org/", "'Source_URL'")]
    [InlineData("Source url,Landing page,Target url\n", "https://a.example/{0},https://example.org/x,https://example.org/",
        "'Landing page'")]
    [InlineData("Source url,Target url\n", "site{0}.example,https://example.org/", "hosts and no pages")]
    [InlineData("Referring page URL,Final URL,Screenshot URL\n", "https://a.example/{0},https://example.org/,https://shots.test/{0}.png",
        "'Final URL' or 'Screenshot URL'")]
    public void Two_columns_for_one_thing_and_columns_without_pages_are_a_doubt(string header, string row, string why)
    {
        var text = header + string.Concat(Enumerable.Range(1, 3).Select(n => row.Replace("{0}", $"{n}", StringComparison.Ordinal) + "\n"));
        var columns = Assert.Single(ReadFile.Open(text).Tables).Columns;

        Assert.Equal(Certainty.Doubtful, columns.Certainty);
        Assert.Contains(why, columns.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_one_name_that_hold_the_same_are_one_until_they_differ()
    {
        var rows = ReadFile.Rows("Source url,Source url,Target url\n"
            + string.Concat(Enumerable.Range(1, 400).Select(n => $"https://a.example/{n},https://a.example/{n},https://example.org/\n"))
            + "https://a.example/x,https://b.example/x,https://example.org/\n");

        Assert.Equal(400, rows.OfType<LinkFileRow>().Count());
        Assert.Contains("both named 'Source url'", Assert.Single(rows.OfType<BadRow>()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_links_should_point_settles_whether_another_column_does()
    {
        var table = ReadFile.Open("Referring page URL,Screenshot URL\nhttps://a.example/,https://shots.test/1.png\n",
            new RowDefaults("example.org", null)).Single();

        Assert.Equal(Certainty.Certain, table.Columns.Certainty);
        Assert.Single(table.Rows(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_list_of_prospects_is_one_also_when_a_column_of_it_holds_pages_of_a_rival() =>
        Assert.Contains("link intersect", Assert.Throws<UnreadableFileException>(() => ReadFile.Open(
            "Referring page title,Referring page URL,Type,Intersect,example.org/,rival.example/\n"
                + "T,https://a.example/,text,1,,https://rival.example/x\nT,https://b.example/,text,1,,https://rival.example/y\n").Single())
            .Message, StringComparison.Ordinal);

    [Fact]
    public void One_column_chosen_twice_is_named()
    {
        var columns = new LinkColumns { Header = ["Left", "Right"], Roles = [ColumnRole.Page, ColumnRole.Target] };

        Assert.Equal(
            "The column 'Left' is chosen for page and for target. Choose one.",
            Assert.Throws<UnreadableFileException>(() => columns.With(
                new Dictionary<string, ColumnRole> { ["1"] = ColumnRole.Page, ["left"] = ColumnRole.Target })).Message);
    }
}
