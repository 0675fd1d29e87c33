# bash completion of percept-cli: commands, then their options, then files.
_percept_cli()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' word
    # Of the published models; the larger ones may be asked by name.
    local starter='smollm2-135m-instruct whisper-base all-minilm-l6-v2 silero-vad'
    local larger='qwen2.5-1.5b-instruct qwen3-4b-instruct-2507 qwen2.5-7b-instruct'
    case $previous in
    --data | --models)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        return
        ;;
    --engine)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -W "starter $larger" -- "$current"; compgen -f -- "$current")
        return
        ;;
    --device)
        mapfile -t COMPREPLY < <(compgen -W 'auto cpu cuda' -- "$current")
        return
        ;;
    --template)
        mapfile -t COMPREPLY < <(compgen -W 'minutes actions decisions brief' -- "$current")
        return
        ;;
    --kind)
        mapfile -t COMPREPLY < <(compgen -W 'pdf image audio video text office' -- "$current")
        return
        ;;
    esac
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
        ingest | ask | transcribe | summarize | search | sessions | export | models | doctor | backup)
            command=$word
            break
            ;;
        esac
    done
    # Options of every command work after its name, too.
    local options='--data --models --engine --threads --device --json --quiet --version --help' words='' files=no
    case $command in
    '') words='ingest ask transcribe summarize search sessions export models doctor backup' ;;
    ingest) options+=' --session --new --password-stdin --ocr-language' files=yes ;;
    ask) options+=' --session --source --all' ;;
    transcribe)
        options+=' --format --language --words --output --force' files=yes
        [ "$previous" != --format ] || words='text srt vtt json'
        ;;
    summarize) options+=' --session --template' ;;
    search) options+=' --session --kind --limit' ;;
    sessions) words='list show rename delete remove-source' ;;
    export)
        options+=' --format --output --force' files=yes
        [ "$previous" != --format ] || words='md json srt vtt docx pdf'
        ;;
    models)
        options+=' --writes-answers --listens' words='list fit fetch verify remove use forget'
        case $previous in
        fetch | verify | remove) words="starter $starter $larger" ;;
        use | forget) words='' files=yes ;;
        --writes-answers | --listens) words='yes no' ;;
        esac
        ;;
    backup) files=yes ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    elif [ -n "$words" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    elif [ "$files" = yes ]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -F _percept_cli percept-cli
